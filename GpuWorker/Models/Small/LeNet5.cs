using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Small;

/// <summary>
/// LeNet-5 (LeCun et al., 1998) in its modern form: color input, ReLU, max-pooling, full connection between the
/// convolutions. Images that are not 32×32 are pooled to 5×5 in front of the linear layers.
/// </summary>
public sealed class LeNet5 : ImageModel
{
    private readonly Conv2d _conv1 = nn.Conv2d(3, 6, 5);
    private readonly Conv2d _conv2 = nn.Conv2d(6, 16, 5);
    private readonly Linear _fc1 = nn.Linear(16 * 5 * 5, 120);
    private readonly Linear _fc2 = nn.Linear(120, 84);
    private readonly Linear _fc3;
    private readonly SeededDropout _dropout;

    [Model("lenet5")]
    public LeNet5(ModelShape shape)
        : base("lenet5")
    {
        _dropout = Add("dropout", NewDropout(shape.Dropout ?? 0));
        register_module("conv1", _conv1);
        register_module("conv2", _conv2);
        register_module("fc1", _fc1);
        register_module("fc2", _fc2);
        _fc3 = Add("fc3", nn.Linear(84, shape.Classes));
    }

    public override string HeadName => "fc3";

    public override bool PrefersChannelsLast => true;

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } = [["conv1"], ["conv2"], ["fc1"], ["fc2"]];

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.max_pool2d(F.relu(_conv1.call(input)), 2);
        x = F.max_pool2d(F.relu(_conv2.call(x)), 2);
        x = F.adaptive_avg_pool2d(x, [5, 5]).flatten(1);
        x = F.relu(_fc1.call(x));
        x = F.relu(_fc2.call(x));
        return _fc3.call(_dropout.call(x)).MoveToOuterDisposeScope();
    }
}
