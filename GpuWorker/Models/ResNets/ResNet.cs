using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.ResNets;

/// <summary>
/// ResNets (He et al., 2016) exactly as torchvision's <c>models.resnet.ResNet</c>: layers, names and initial weights. For small input, a 3×3 stem
/// without max-pooling.
/// </summary>
public sealed class ResNet : ImageModel
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1 = nn.BatchNorm2d(64);
    private readonly Sequential[] _layers;
    private readonly Linear _fc;
    private readonly SeededDropout _dropout;
    private readonly bool _smallInput;

    /// <param name="depths">Blocks in each of the four layers.</param>
    private ResNet(string name, ModelShape shape, ResidualBlock block, int[] depths)
        : base(name)
    {
        _smallInput = shape.SmallInput;
        PrefersChannelsLast = block == Bottleneck.Kind;
        _conv1 = _smallInput
            ? UnsetLayers.Conv2d(3, 64, 3, padding: 1, bias: false)
            : UnsetLayers.Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false);
        _layers = Layers(block, depths);
        _dropout = Add("dropout", NewDropout(shape.Dropout ?? 0));
        _fc = UnsetLayers.Linear(512 * block.Expansion, shape.Classes);
        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        for (int i = 0; i < _layers.Length; i++)
        {
            register_module($"layer{i + 1}", _layers[i]);
        }

        register_module("fc", _fc);
    }

    public override string HeadName => "fc";

    /// <summary>The ResNets of bottlenecks; the smaller ones gain nothing.</summary>
    public override bool PrefersChannelsLast { get; }

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } =
        [["conv1", "bn1"], ["layer1"], ["layer2"], ["layer3"], ["layer4"]];

    [Model("resnet18")]
    public static ResNet ResNet18(ModelShape shape) => new("resnet18", shape, BasicBlock.Kind, [2, 2, 2, 2]);

    [Model("resnet34")]
    public static ResNet ResNet34(ModelShape shape) => new("resnet34", shape, BasicBlock.Kind, [3, 4, 6, 3]);

    [Model("resnet50")]
    public static ResNet ResNet50(ModelShape shape) => new("resnet50", shape, Bottleneck.Kind, [3, 4, 6, 3]);

    [Model("resnet101")]
    public static ResNet ResNet101(ModelShape shape) => new("resnet101", shape, Bottleneck.Kind, [3, 4, 23, 3]);

    [Model("resnet152")]
    public static ResNet ResNet152(ModelShape shape) => new("resnet152", shape, Bottleneck.Kind, [3, 8, 36, 3]);

    public override void Initialize(Generator generator)
    {
        // Batch norms keep what they are built with: weight 1, bias 0.
        foreach (Conv2d conv in modules().OfType<Conv2d>())
        {
            WeightInitialization.KaimingNormalFanOut(conv.weight, generator);
        }

        WeightInitialization.Default(_fc.weight, _fc.bias, generator);
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _smallInput ? Start(input) : LargeStem(input);
        foreach (Sequential layer in _layers)
        {
            x = layer.call(x);
        }

        x = F.adaptive_avg_pool2d(x, [1, 1]).flatten(1);
        return _fc.call(_dropout.call(x)).MoveToOuterDisposeScope();
    }

    private Tensor Start(Tensor input) => F.relu(_bn1.call(_conv1.call(input)), inplace: true);

    /// <summary>[N, 3, S, S] to [N, 64, S/4, S/4]. On CPUs with the channels last: libtorch's max-pooling is ten times as fast that way; the layers after it are not.</summary>
    private Tensor LargeStem(Tensor input)
    {
        bool rearrange = input.device_type == DeviceType.CPU && input.is_contiguous();
        Tensor x = Start(rearrange ? ChannelsLast.Of(input) : input);
        x = F.max_pool2d(x, 3, stride: 2, padding: 1);
        return rearrange ? x.contiguous() : x;
    }

    private static Sequential[] Layers(ResidualBlock block, int[] depths)
    {
        var layers = new Sequential[depths.Length];
        long inputs = 64;
        for (int i = 0; i < layers.Length; i++)
        {
            long width = 64L << i;
            var blocks = new (string, nn.Module<Tensor, Tensor>)[depths[i]];
            for (int j = 0; j < blocks.Length; j++)
            {
                blocks[j] = ($"{j}", block.Create(inputs, width, i > 0 && j == 0 ? 2 : 1));
                inputs = block.Expansion * width;
            }

            layers[i] = nn.Sequential(blocks);
        }

        return layers;
    }
}
