using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Models.AlexNets;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.DenseNets;
using Experiments.GpuWorker.Models.EfficientNets;
using Experiments.GpuWorker.Models.GoogLeNets;
using Experiments.GpuWorker.Models.MobileNets;
using Experiments.GpuWorker.Models.ResNets;
using Experiments.GpuWorker.Models.Small;
using Experiments.GpuWorker.Models.Swin;
using Experiments.GpuWorker.Models.Timm;
using Experiments.GpuWorker.Models.Vggs;
using Experiments.GpuWorker.Models.VisionTransformers;

namespace Experiments.GpuWorker.Models;

/// <summary>Builds a network, without initial weights.</summary>
public delegate ImageModel ModelFactory(ModelShape shape);

/// <summary>Every architecture that can be trained. To add one: its folder and a line here; docs/models.md has the steps.</summary>
public static class ModelRegistry
{
    public static Registry<ModelFactory> All { get; } = new("model", new Dictionary<string, ModelFactory>
    {
        ["small_cnn"] = shape => new SmallCnn(shape),
        ["lenet5"] = shape => new LeNet5(shape),
        ["student_cnn"] = shape => new StudentCnn(shape),
        ["alexnet"] = shape => new AlexNet(shape),
        ["vgg11"] = Vgg.Vgg11,
        ["vgg11_bn"] = Vgg.Vgg11BatchNorm,
        ["vgg13"] = Vgg.Vgg13,
        ["vgg13_bn"] = Vgg.Vgg13BatchNorm,
        ["vgg16"] = Vgg.Vgg16,
        ["vgg16_bn"] = Vgg.Vgg16BatchNorm,
        ["vgg19"] = Vgg.Vgg19,
        ["vgg19_bn"] = Vgg.Vgg19BatchNorm,
        ["vgg16_slim"] = Vgg.Vgg16Slim,
        ["vgg16_gap"] = PooledVgg.Vgg16Gap,
        ["vgg16_dws"] = PooledVgg.Vgg16Dws,
        ["resnet18"] = ResNet.ResNet18,
        ["resnet34"] = ResNet.ResNet34,
        ["resnet50"] = ResNet.ResNet50,
        ["resnet101"] = ResNet.ResNet101,
        ["resnet152"] = ResNet.ResNet152,
        ["densenet121"] = DenseNet.DenseNet121,
        ["densenet169"] = DenseNet.DenseNet169,
        ["googlenet"] = shape => new GoogLeNet(shape),
        ["mobilenet_v2"] = shape => new MobileNetV2(shape),
        ["efficientnet_b0"] = EfficientNet.B0,
        ["efficientnet_b1"] = EfficientNet.B1,
        ["efficientnet_b2"] = EfficientNet.B2,
        ["efficientnet_b3"] = EfficientNet.B3,
        ["efficientnet_b4"] = EfficientNet.B4,
        ["vit_b_16"] = shape => new ViTB16(shape),
        ["swin_t"] = shape => new SwinT(shape),
        ["deit_small"] = shape => new DeitSmall(shape),
        ["beit_base"] = shape => new BeitBase(shape),
    });

    /// <summary>Creates the network of a run.</summary>
    /// <param name="settings">With resolved image size and small input.</param>
    /// <exception cref="TrainingException">There is no such architecture.</exception>
    public static ImageModel Create(Hyperparameters settings, int classes) =>
        All[settings.Model](new ModelShape(classes, settings.ImageSize!.Value, settings.SmallInput!.Value, settings.Dropout));
}
