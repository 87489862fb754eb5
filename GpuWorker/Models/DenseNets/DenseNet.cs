using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace Experiments.GpuWorker.Models.DenseNets;

/// <summary>
/// DenseNets (Huang et al., 2017) exactly as torchvision's <c>models.densenet.DenseNet</c>: layers, names and initial weights. For small input, a
/// 3×3 stem without pooling.
/// </summary>
public sealed class DenseNet : ImageModel
{
    private const long Growth = 32;
    private const long StemChannels = 64;

    private readonly Sequential _features;
    private readonly SeededDropout _dropout;
    private readonly Linear _classifier;

    /// <param name="depths">Layers in each of the four blocks.</param>
    private DenseNet(string name, ModelShape shape, int[] depths)
        : base(name)
    {
        List<(string, Layer)> layers = Stem(shape.SmallInput);
        long channels = StemChannels;
        for (int i = 1; i <= depths.Length; i++)
        {
            layers.Add(($"denseblock{i}", new DenseBlock(channels, depths[i - 1], Growth)));
            channels += depths[i - 1] * Growth;
            if (i < depths.Length)
            {
                layers.Add(($"transition{i}", Transition(channels)));
                channels /= 2;
            }
        }

        layers.Add(("norm5", nn.BatchNorm2d(channels)));
        _features = Add("features", nn.Sequential(layers));
        _dropout = Add("dropout", NewDropout(shape.Dropout ?? 0));
        _classifier = Add("classifier", UnsetLayers.Linear(channels, shape.Classes));
    }

    public override string HeadName => "classifier";

    public override bool PrefersChannelsLast => true;

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } =
    [
        ["features.conv0", "features.norm0"],
        ["features.denseblock1", "features.transition1"],
        ["features.denseblock2", "features.transition2"],
        ["features.denseblock3", "features.transition3"],
        ["features.denseblock4", "features.norm5"],
    ];

    [Model("densenet121")]
    public static DenseNet DenseNet121(ModelShape shape) => new("densenet121", shape, [6, 12, 24, 16]);

    [Model("densenet169")]
    public static DenseNet DenseNet169(ModelShape shape) => new("densenet169", shape, [6, 12, 32, 32]);

    public override void Initialize(Generator generator)
    {
        // Batch norms keep what they are built with: weight 1, bias 0.
        foreach (Conv2d conv in modules().OfType<Conv2d>())
        {
            WeightInitialization.KaimingNormalFanIn(conv.weight, generator);
        }

        WeightInitialization.Default(_classifier.weight, bias: null, generator);
        WeightInitialization.Zero(_classifier.bias);
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.relu(_features.call(input), inplace: true);
        x = F.adaptive_avg_pool2d(x, [1, 1]).flatten(1);
        return _classifier.call(_dropout.call(x)).MoveToOuterDisposeScope();
    }

    private static List<(string, Layer)> Stem(bool smallInput)
    {
        List<(string, Layer)> layers =
        [
            ("conv0", smallInput
                ? UnsetLayers.Conv2d(3, StemChannels, 3, padding: 1, bias: false)
                : UnsetLayers.Conv2d(3, StemChannels, 7, stride: 2, padding: 3, bias: false)),
            ("norm0", nn.BatchNorm2d(StemChannels)),
            ("relu0", nn.ReLU(inplace: true)),
        ];
        if (!smallInput)
        {
            layers.Add(("pool0", nn.MaxPool2d(3, stride: 2, padding: 1)));
        }

        return layers;
    }

    /// <summary>Halves the channels and the side; torchvision's <c>models.densenet._Transition</c>.</summary>
    private static Sequential Transition(long channels) => nn.Sequential(
        ("norm", nn.BatchNorm2d(channels)),
        ("relu", nn.ReLU(inplace: true)),
        ("conv", UnsetLayers.Conv2d(channels, channels / 2, 1, bias: false)),
        ("pool", nn.AvgPool2d(2, stride: 2)));
}
