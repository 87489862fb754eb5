using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Vggs;

/// <summary>
/// VGGs (Simonyan and Zisserman, 2015) exactly as torchvision's <c>models.vgg.VGG</c>: layers, names and initial weights; and vgg16_slim, which has
/// narrower linear layers.
/// </summary>
public sealed class Vgg : VggModel
{
    private const long PooledSide = 7;

    private readonly Sequential _features;
    private readonly Sequential _classifier;

    private Vgg(string name, ModelShape shape, VggFeatures features)
        : this(name, shape, features, 4096, 4096)
    {
        HeadName = "classifier.6";
        Blocks = [.. features.Blocks, ["classifier.0"], ["classifier.3"]];
    }

    private Vgg(string name, ModelShape shape, VggFeatures features, long hidden1, long hidden2)
        : base(name)
    {
        HeadName = "classifier";
        Blocks = features.Blocks;
        _features = Add("features", features.Layers);
        double dropout = shape.Dropout ?? 0.5;
        _classifier = Add("classifier", nn.Sequential(
            ("0", UnsetLayers.Linear(VggFeatures.Channels * PooledSide * PooledSide, hidden1)),
            ("1", nn.ReLU(inplace: true)),
            ("2", NewDropout(dropout)),
            ("3", UnsetLayers.Linear(hidden1, hidden2)),
            ("4", nn.ReLU(inplace: true)),
            ("5", NewDropout(dropout)),
            ("6", UnsetLayers.Linear(hidden2, shape.Classes))));
    }

    public override string HeadName { get; }

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; }

    /// <summary>Only the last linear layer, even if all of them are the head.</summary>
    public override bool HasRowPerClass(string parameter) => parameter.StartsWith("classifier.6.", StringComparison.Ordinal);

    [Model("vgg11")]
    public static Vgg Vgg11(ModelShape shape) => new("vgg11", shape, VggFeatures.Plain(VggDepths.Vgg11));

    [Model("vgg11_bn")]
    public static Vgg Vgg11BatchNorm(ModelShape shape) => new("vgg11_bn", shape, VggFeatures.BatchNorm(VggDepths.Vgg11));

    [Model("vgg13")]
    public static Vgg Vgg13(ModelShape shape) => new("vgg13", shape, VggFeatures.Plain(VggDepths.Vgg13));

    [Model("vgg13_bn")]
    public static Vgg Vgg13BatchNorm(ModelShape shape) => new("vgg13_bn", shape, VggFeatures.BatchNorm(VggDepths.Vgg13));

    [Model("vgg16")]
    public static Vgg Vgg16(ModelShape shape) => new("vgg16", shape, VggFeatures.Plain(VggDepths.Vgg16));

    [Model("vgg16_bn")]
    public static Vgg Vgg16BatchNorm(ModelShape shape) => new("vgg16_bn", shape, VggFeatures.BatchNorm(VggDepths.Vgg16));

    [Model("vgg19")]
    public static Vgg Vgg19(ModelShape shape) => new("vgg19", shape, VggFeatures.Plain(VggDepths.Vgg19));

    [Model("vgg19_bn")]
    public static Vgg Vgg19BatchNorm(ModelShape shape) => new("vgg19_bn", shape, VggFeatures.BatchNorm(VggDepths.Vgg19));

    /// <summary>
    /// VGG-16 with linear layers of 1024 and 256. All of them are the head: published weights of VGG-16 fit the convolutions, and a frozen backbone
    /// must not contain untrained layers.
    /// </summary>
    [Model("vgg16_slim")]
    public static Vgg Vgg16Slim(ModelShape shape) => new("vgg16_slim", shape, VggFeatures.Plain(VggDepths.Vgg16), 1024, 256);

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.adaptive_avg_pool2d(_features.call(input), [PooledSide, PooledSide]).flatten(1);
        return _classifier.call(x).MoveToOuterDisposeScope();
    }
}
