using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Small;

/// <summary>
/// A small student for distillation: two 3×3 convolutions with padding 1 (32, 64 channels), each followed by ReLU and 2×2 max-pooling, then
/// Linear 4096-256, ReLU, Linear 256-classes. Images that are not 32×32 are pooled to 8×8 in front of the linear layers.
/// </summary>
public sealed class StudentCnn : ImageModel
{
    private readonly Conv2d _conv1 = UnsetLayers.Conv2d(3, 32, 3, padding: 1);
    private readonly Conv2d _conv2 = UnsetLayers.Conv2d(32, 64, 3, padding: 1);
    private readonly Linear _fc1 = UnsetLayers.Linear(64 * 8 * 8, 256);
    private readonly Linear _fc2;
    private readonly SeededDropout _dropout;

    [Model("student_cnn")]
    public StudentCnn(ModelShape shape)
        : base("student_cnn")
    {
        register_module("conv1", _conv1);
        register_module("conv2", _conv2);
        register_module("fc1", _fc1);
        _dropout = Add("dropout", NewDropout(shape.Dropout ?? 0));
        _fc2 = Add("fc2", UnsetLayers.Linear(256, shape.Classes));
    }

    public override string HeadName => "fc2";

    public override bool PrefersChannelsLast => true;

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } = [["conv1"], ["conv2"], ["fc1"]];

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Stage(_conv1, input);
        x = Stage(_conv2, x);
        x = F.adaptive_avg_pool2d(x, [8, 8]).flatten(1);
        x = F.relu(_fc1.call(x), inplace: true);
        return _fc2.call(_dropout.call(x)).MoveToOuterDisposeScope();
    }

    // ReLU and max-pooling commute; pooling first leaves a quarter of the elements.
    private static Tensor Stage(Conv2d conv, Tensor x) => F.relu(F.max_pool2d(conv.call(x), 2), inplace: true);
}
