using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.MobileNets;

/// <summary>MobileNetV2 (Sandler et al., 2018) exactly as torchvision's <c>models.mobilenet_v2</c>: layers, names and initial weights.</summary>
public sealed class MobileNetV2 : ImageModel
{
    private const long LastChannels = 1280;

    private static readonly (long Expansion, long Channels, int Count, long Stride)[] Stages =
    [
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
    ];

    private readonly Sequential _features;
    private readonly Sequential _classifier;

    [Model("mobilenet_v2")]
    public MobileNetV2(ModelShape shape)
        : base("mobilenet_v2")
    {
        long inputs = 32;
        var layers = new List<nn.Module<Tensor, Tensor>> { ConvNorm.Create(3, inputs, 3, stride: 2, activation: nn.ReLU6(inplace: true)) };
        var blocks = new List<IReadOnlyList<string>> { (string[])["features.0"] };
        foreach ((long expansion, long channels, int count, long stride) in Stages)
        {
            blocks.Add([.. Enumerable.Range(layers.Count, count).Select(layer => $"features.{layer}")]);
            for (int i = 0; i < count; i++)
            {
                layers.Add(new InvertedResidual(inputs, channels, i == 0 ? stride : 1, expansion));
                inputs = channels;
            }
        }

        blocks.Add([$"features.{layers.Count}"]);
        layers.Add(ConvNorm.Create(inputs, LastChannels, 1, activation: nn.ReLU6(inplace: true)));
        Blocks = blocks;
        _features = Add("features", nn.Sequential(layers));
        _classifier = Add("classifier", nn.Sequential(("0", NewDropout(shape.Dropout ?? 0.2)), ("1", nn.Linear(LastChannels, shape.Classes))));
    }

    public override string HeadName => "classifier.1";

    public override bool PrefersChannelsLast => true;

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; }

    public override void Initialize(Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        foreach (Conv2d conv in modules().OfType<Conv2d>())
        {
            WeightInitialization.KaimingNormalFanOut(conv.weight, generator);
        }

        foreach (Linear linear in modules().OfType<Linear>())
        {
            linear.weight.normal_(0, 0.01, generator);
            linear.bias!.zero_();
        }
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.adaptive_avg_pool2d(_features.call(input), [1, 1]).flatten(1);
        return _classifier.call(x).MoveToOuterDisposeScope();
    }
}
