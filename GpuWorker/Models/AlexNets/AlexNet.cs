using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.AlexNets;

/// <summary>AlexNet in one column (Krizhevsky, 2014) exactly as torchvision's <c>models.alexnet</c>: layers, names and initial weights.</summary>
public sealed class AlexNet : ImageModel
{
    private readonly Sequential _features;
    private readonly Sequential _classifier;

    [Model("alexnet")]
    public AlexNet(ModelShape shape)
        : base("alexnet")
    {
        _features = Add("features", nn.Sequential(
            ("0", UnsetLayers.Conv2d(3, 64, 11, stride: 4, padding: 2)),
            ("1", nn.ReLU(inplace: true)),
            ("2", nn.MaxPool2d(3, stride: 2)),
            ("3", UnsetLayers.Conv2d(64, 192, 5, padding: 2)),
            ("4", nn.ReLU(inplace: true)),
            ("5", nn.MaxPool2d(3, stride: 2)),
            ("6", UnsetLayers.Conv2d(192, 384, 3, padding: 1)),
            ("7", nn.ReLU(inplace: true)),
            ("8", UnsetLayers.Conv2d(384, 256, 3, padding: 1)),
            ("9", nn.ReLU(inplace: true)),
            ("10", UnsetLayers.Conv2d(256, 256, 3, padding: 1)),
            ("11", nn.ReLU(inplace: true)),
            ("12", nn.MaxPool2d(3, stride: 2))));
        double dropout = shape.Dropout ?? 0.5;
        _classifier = Add("classifier", nn.Sequential(
            ("0", NewDropout(dropout)),
            ("1", UnsetLayers.Linear(256 * 6 * 6, 4096)),
            ("2", nn.ReLU(inplace: true)),
            ("3", NewDropout(dropout)),
            ("4", UnsetLayers.Linear(4096, 4096)),
            ("5", nn.ReLU(inplace: true)),
            ("6", UnsetLayers.Linear(4096, shape.Classes))));
    }

    public override string HeadName => "classifier.6";

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } =
        [["features.0"], ["features.3"], ["features.6"], ["features.8"], ["features.10"], ["classifier.1"], ["classifier.4"]];

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.adaptive_avg_pool2d(_features.call(input), [6, 6]).flatten(1);
        return _classifier.call(x).MoveToOuterDisposeScope();
    }
}
