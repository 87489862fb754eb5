using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Vggs;

/// <summary>VGG-16's stages with global average pooling and one linear layer instead of the classifier, which holds nine tenths of VGG-16's parameters.</summary>
public sealed class PooledVgg : VggModel
{
    private readonly Sequential _features;
    private readonly SeededDropout _dropout;
    private readonly Linear _classifier;

    private PooledVgg(string name, ModelShape shape, VggFeatures features)
        : base(name)
    {
        _features = Add("features", features.Layers);
        Blocks = features.Blocks;
        _dropout = Add("dropout", NewDropout(shape.Dropout ?? 0));
        _classifier = Add("classifier", UnsetLayers.Linear(VggFeatures.Channels, shape.Classes));
    }

    public override string HeadName => "classifier";

    public override bool PrefersChannelsLast => true;

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; }

    /// <summary>The original convolutions of VGG-16, so that its published weights can be loaded.</summary>
    [Model("vgg16_gap")]
    public static PooledVgg Vgg16Gap(ModelShape shape) => new("vgg16_gap", shape, VggFeatures.Plain(VggDepths.Vgg16));

    /// <summary>VGG-16 with depthwise separable convolutions.</summary>
    [Model("vgg16_dws")]
    public static PooledVgg Vgg16Dws(ModelShape shape) => new("vgg16_dws", shape, VggFeatures.Separable(VggDepths.Vgg16));

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.adaptive_avg_pool2d(_features.call(input), [1, 1]).flatten(1);
        return _classifier.call(_dropout.call(x)).MoveToOuterDisposeScope();
    }
}
