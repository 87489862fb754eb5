using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace Experiments.GpuWorker.Models.GoogLeNets;

/// <summary>
/// GoogLeNet (Szegedy et al., 2015) exactly as torchvision's <c>models.googlenet</c> with auxiliary heads and without <c>transform_input</c>:
/// layers, names and initial weights.
/// </summary>
public sealed class GoogLeNet : ImageModel
{
    private const double WeightDeviation = 0.01;
    private const double AuxiliaryWeight = 0.3;

    private readonly Layer[] _toFirstHead;
    private readonly Layer[] _toSecondHead;
    private readonly Layer[] _toEnd;
    private readonly AuxiliaryHead _aux1;
    private readonly AuxiliaryHead _aux2;
    private readonly SeededDropout _dropout;
    private readonly Linear _fc;

    [Model("googlenet")]
    public GoogLeNet(ModelShape shape)
        : base("googlenet")
    {
        _toFirstHead =
        [
            Add("conv1", new BasicConv2d(3, 64, 7, stride: 2, padding: 3)),
            Add("maxpool1", Pool(3)),
            Add("conv2", new BasicConv2d(64, 64, 1)),
            Add("conv3", new BasicConv2d(64, 192, 3, padding: 1)),
            Add("maxpool2", Pool(3)),
            Add("inception3a", new Inception(192, 64, (96, 128), (16, 32), 32)),
            Add("inception3b", new Inception(256, 128, (128, 192), (32, 96), 64)),
            Add("maxpool3", Pool(3)),
            Add("inception4a", new Inception(480, 192, (96, 208), (16, 48), 64)),
        ];
        _toSecondHead =
        [
            Add("inception4b", new Inception(512, 160, (112, 224), (24, 64), 64)),
            Add("inception4c", new Inception(512, 128, (128, 256), (24, 64), 64)),
            Add("inception4d", new Inception(512, 112, (144, 288), (32, 64), 64)),
        ];
        _toEnd =
        [
            Add("inception4e", new Inception(528, 256, (160, 320), (32, 128), 128)),
            Add("maxpool4", Pool(2)),
            Add("inception5a", new Inception(832, 256, (160, 320), (32, 128), 128)),
            Add("inception5b", new Inception(832, 384, (192, 384), (48, 128), 128)),
        ];
        _aux1 = Add("aux1", new AuxiliaryHead(512, shape.Classes, NewDropout(shape.Dropout ?? 0.7)));
        _aux2 = Add("aux2", new AuxiliaryHead(528, shape.Classes, NewDropout(shape.Dropout ?? 0.7)));
        _dropout = Add("dropout", NewDropout(shape.Dropout ?? 0.2));
        _fc = Add("fc", UnsetLayers.Linear(1024, shape.Classes));
    }

    public override string HeadName => "fc";

    public override bool PrefersChannelsLast => true;

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } =
    [
        ["conv1", "conv2", "conv3"],
        ["inception3a", "inception3b"],
        ["inception4a", "inception4b", "inception4c", "inception4d", "inception4e", "aux1", "aux2"],
        ["inception5a", "inception5b"],
    ];

    /// <summary>The last layers of the auxiliary heads have an output per class too.</summary>
    public override bool DependsOnClasses(string parameter) =>
        base.DependsOnClasses(parameter)
        || parameter.StartsWith("aux1.fc2.", StringComparison.Ordinal)
        || parameter.StartsWith("aux2.fc2.", StringComparison.Ordinal);

    public override void Initialize(Generator generator)
    {
        // torchvision cuts this normal distribution off at 200 deviations. Batch norms keep their initial values: weight 1, bias 0.
        foreach (Conv2d conv in modules().OfType<Conv2d>())
        {
            WeightInitialization.Normal(conv.weight, WeightDeviation, generator);
        }

        foreach (Linear linear in modules().OfType<Linear>())
        {
            WeightInitialization.Default(linear.weight, linear.bias, generator);
            WeightInitialization.Normal(linear.weight, WeightDeviation, generator);
        }
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Apply(_toSecondHead, Apply(_toFirstHead, input));
        return Classify(Apply(_toEnd, x)).MoveToOuterDisposeScope();
    }

    public override TrainingLogits ForwardTraining(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor atFirstHead = Apply(_toFirstHead, input);
        Tensor atSecondHead = Apply(_toSecondHead, atFirstHead);
        return new TrainingLogits(
            Classify(Apply(_toEnd, atSecondHead)).MoveToOuterDisposeScope(),
            [
                (_aux1.call(atFirstHead).MoveToOuterDisposeScope(), AuxiliaryWeight),
                (_aux2.call(atSecondHead).MoveToOuterDisposeScope(), AuxiliaryWeight),
            ]);
    }

    private static MaxPool2d Pool(long kernel) => nn.MaxPool2d(kernel, stride: 2, ceil_mode: true);

    private static Tensor Apply(Layer[] layers, Tensor input) => layers.Aggregate(input, (x, layer) => layer.call(x));

    private Tensor Classify(Tensor features) => _fc.call(_dropout.call(F.adaptive_avg_pool2d(features, [1, 1]).flatten(1)));
}
