using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.EfficientNets;

/// <summary>EfficientNet (Tan and Le, 2019) exactly as torchvision's <c>models.efficientnet_b0</c> to <c>b4</c>: layers, names and initial weights.</summary>
public sealed class EfficientNet : ImageModel
{
    private const double MostLeftOut = 0.2;

    /// <summary>The stages of b0; the others are scaled in width and depth.</summary>
    private static readonly (long Expansion, long Kernel, long Stride, long Channels, int Count)[] Stages =
    [
        (1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3), (6, 5, 2, 192, 4), (6, 3, 1, 320, 1),
    ];

    private readonly Sequential _features;
    private readonly Sequential _classifier;

    private EfficientNet(string name, ModelShape shape, double width, double depth, double dropout)
        : base(name)
    {
        long inputs = Channels(32, width);
        int all = Stages.Sum(stage => Repeats(stage.Count, depth));
        int built = 0;
        var layers = new List<nn.Module<Tensor, Tensor>> { ConvNorm.Create(3, inputs, 3, stride: 2, activation: nn.SiLU()) };
        foreach ((long expansion, long kernel, long stride, long channels, int count) in Stages)
        {
            long outputs = Channels(channels, width);
            var stage = new List<nn.Module<Tensor, Tensor>>();
            for (int i = 0; i < Repeats(count, depth); i++)
            {
                stage.Add(new MBConv(inputs, outputs, kernel, i == 0 ? stride : 1, expansion, MostLeftOut * built++ / all, Randomness));
                inputs = outputs;
            }

            layers.Add(nn.Sequential(stage));
        }

        layers.Add(ConvNorm.Create(inputs, 4 * inputs, 1, activation: nn.SiLU()));
        Blocks = [.. Enumerable.Range(0, layers.Count).Select(layer => (string[])[$"features.{layer}"])];
        _features = Add("features", nn.Sequential(layers));
        _classifier = Add("classifier", nn.Sequential(("0", NewDropout(shape.Dropout ?? dropout)), ("1", nn.Linear(4 * inputs, shape.Classes))));
    }

    public override string HeadName => "classifier.1";

    public override bool PrefersChannelsLast => true;

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; }

    [Model("efficientnet_b0")]
    public static EfficientNet B0(ModelShape shape) => new("efficientnet_b0", shape, width: 1.0, depth: 1.0, dropout: 0.2);

    [Model("efficientnet_b1")]
    public static EfficientNet B1(ModelShape shape) => new("efficientnet_b1", shape, width: 1.0, depth: 1.1, dropout: 0.2);

    [Model("efficientnet_b2")]
    public static EfficientNet B2(ModelShape shape) => new("efficientnet_b2", shape, width: 1.1, depth: 1.2, dropout: 0.3);

    [Model("efficientnet_b3")]
    public static EfficientNet B3(ModelShape shape) => new("efficientnet_b3", shape, width: 1.2, depth: 1.4, dropout: 0.3);

    [Model("efficientnet_b4")]
    public static EfficientNet B4(ModelShape shape) => new("efficientnet_b4", shape, width: 1.4, depth: 1.8, dropout: 0.4);

    public override void Initialize(Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        foreach (Conv2d conv in modules().OfType<Conv2d>())
        {
            WeightInitialization.KaimingNormalFanOut(conv.weight, generator);
            conv.bias?.zero_();
        }

        foreach (Linear linear in modules().OfType<Linear>())
        {
            // By the number of outputs, unlike PyTorch's default.
            double bound = 1 / Math.Sqrt(linear.weight.shape[0]);
            linear.weight.uniform_(-bound, bound, generator);
            linear.bias!.zero_();
        }
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.adaptive_avg_pool2d(_features.call(input), [1, 1]).flatten(1);
        return _classifier.call(x).MoveToOuterDisposeScope();
    }

    private static int Repeats(int count, double depth) => (int)Math.Ceiling(count * depth);

    /// <summary>The nearest multiple of 8, but at most a tenth below; torchvision's <c>models._utils._make_divisible</c>.</summary>
    private static long Channels(long channels, double width)
    {
        double wanted = channels * width;
        long rounded = Math.Max(8, (long)(wanted + 4) / 8 * 8);
        return rounded < 0.9 * wanted ? rounded + 8 : rounded;
    }
}
