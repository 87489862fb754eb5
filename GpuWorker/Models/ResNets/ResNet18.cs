using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.ResNets;

/// <summary>ResNet-18 (He et al., 2016) exactly as torchvision's <c>models.resnet18</c>: layers, names and initial weights. For small input, a 3×3 stem without max-pooling.</summary>
public sealed class ResNet18 : ImageModel
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1 = nn.BatchNorm2d(64);
    private readonly Sequential[] _layers = [Layer(64, 64, 1), Layer(64, 128, 2), Layer(128, 256, 2), Layer(256, 512, 2)];
    private readonly Linear _fc;
    private readonly SeededDropout _dropout;
    private readonly bool _smallInput;

    public ResNet18(ModelShape shape)
        : base("resnet18")
    {
        _smallInput = shape.SmallInput;
        _conv1 = _smallInput
            ? nn.Conv2d(3, 64, 3, padding: 1, bias: false)
            : nn.Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false);
        _dropout = NewDropout(shape.Dropout ?? 0);
        register_module("dropout", _dropout);
        _fc = nn.Linear(512, shape.Classes);
        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        for (int i = 0; i < _layers.Length; i++)
        {
            register_module($"layer{i + 1}", _layers[i]);
        }

        register_module("fc", _fc);
    }

    public override string HeadName => "fc";

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } =
        [["conv1", "bn1"], ["layer1"], ["layer2"], ["layer3"], ["layer4"]];

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
        Tensor x = F.relu(_bn1.forward(_conv1.forward(input)), inplace: true);
        x = _smallInput ? x : F.max_pool2d(x, 3, stride: 2, padding: 1);
        foreach (Sequential layer in _layers)
        {
            x = layer.forward(x);
        }

        x = F.adaptive_avg_pool2d(x, [1, 1]).flatten(1);
        return _fc.forward(_dropout.forward(x)).MoveToOuterDisposeScope();
    }

    private static Sequential Layer(long inputs, long outputs, long stride) => nn.Sequential(
        ("0", new BasicBlock(inputs, outputs, stride)),
        ("1", new BasicBlock(outputs, outputs, 1)));
}
