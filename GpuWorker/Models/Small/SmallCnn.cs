using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Small;

/// <summary>
/// Three 5×5 convolutions with padding 2 (32, 32, 64 channels), each followed by 2×2 max-pooling and ReLU, then
/// Linear 1024-64, ReLU, Linear 64-classes. Images that are not 32×32 are pooled to 4×4 in front of the linear layers.
/// </summary>
public sealed class SmallCnn : ImageModel
{
    private readonly Conv2d _conv1 = nn.Conv2d(3, 32, 5, padding: 2);
    private readonly Conv2d _conv2 = nn.Conv2d(32, 32, 5, padding: 2);
    private readonly Conv2d _conv3 = nn.Conv2d(32, 64, 5, padding: 2);
    private readonly Linear _fc1 = nn.Linear(64 * 4 * 4, 64);
    private readonly Linear _fc2;
    private readonly SeededDropout _dropout;

    [Model("small_cnn")]
    public SmallCnn(ModelShape shape)
        : base("small_cnn")
    {
        _dropout = Add("dropout", NewDropout(shape.Dropout ?? 0));
        register_module("conv1", _conv1);
        register_module("conv2", _conv2);
        register_module("conv3", _conv3);
        register_module("fc1", _fc1);
        _fc2 = Add("fc2", nn.Linear(64, shape.Classes));
    }

    public override string HeadName => "fc2";

    public override bool PrefersChannelsLast => true;

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } = [["conv1"], ["conv2"], ["conv3"], ["fc1"]];

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Stage(_conv1, input);
        x = Stage(_conv2, x);
        x = Stage(_conv3, x);
        x = F.adaptive_avg_pool2d(x, [4, 4]).flatten(1);
        x = F.relu(_fc1.call(x));
        return _fc2.call(_dropout.call(x)).MoveToOuterDisposeScope();
    }

    // ReLU and max-pooling commute; pooling first leaves a quarter of the elements.
    private static Tensor Stage(Conv2d conv, Tensor x) => F.relu(F.max_pool2d(conv.call(x), 2));
}
