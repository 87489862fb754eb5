using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Swin;

/// <summary>
/// Swin-T (Liu et al., 2021) exactly as torchvision's <c>models.swin_t</c>: layers, names and initial weights. For small input, patches of 2 pixels.
/// </summary>
public sealed class SwinT : ImageModel
{
    private const double MostLeftOut = 0.2;
    private const double Deviation = 0.02;

    private static readonly (int Blocks, long Width, long Heads)[] Stages = [(2, 96, 3), (2, 192, 6), (6, 384, 12), (2, 768, 24)];

    private readonly Conv2d _projection;
    private readonly Sequential _features;
    private readonly LayerNorm _norm;
    private readonly SeededDropout _dropout;
    private readonly Linear _head;

    [Model("swin_t")]
    public SwinT(ModelShape shape)
        : base("swin_t")
    {
        int patch = shape.SmallInput ? 2 : 4;
        long width = Stages[0].Width;
        int all = Stages.Sum(stage => stage.Blocks);
        int built = 0;
        _projection = nn.Conv2d(3, width, patch, stride: patch);
        var layers = new List<nn.Module<Tensor, Tensor>>
        {
            nn.Sequential(("0", _projection), ("1", new ChannelsToEnd()), ("2", nn.LayerNorm(width))),
        };
        foreach ((int blocks, long stageWidth, long heads) in Stages)
        {
            if (stageWidth != width)
            {
                layers.Add(new PatchMerging(width));
                width = stageWidth;
            }

            layers.Add(nn.Sequential([.. Enumerable.Range(0, blocks).Select(i => (nn.Module<Tensor, Tensor>)new SwinBlock(
                stageWidth, heads, isShifted: i % 2 == 1, MostLeftOut * built++ / (all - 1), Randomness))]));
        }

        _features = Add("features", nn.Sequential(layers));
        _norm = Add("norm", nn.LayerNorm(width));
        _dropout = Add("dropout", NewDropout(shape.Dropout ?? 0));
        _head = Add("head", nn.Linear(width, shape.Classes));
    }

    public override string HeadName => "head";

    /// <summary>The patches, then each stage with the merging in front of it.</summary>
    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } =
    [
        ["features.0"], ["features.1"], ["features.2", "features.3"], ["features.4", "features.5"], ["features.6", "features.7", "norm"],
    ];

    public override void Initialize(Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        WeightInitialization.Default(_projection.weight, _projection.bias, generator);
        foreach (ShiftedWindowAttention attention in modules().OfType<ShiftedWindowAttention>())
        {
            attention.Initialize(Deviation, generator);
        }

        foreach (Linear linear in modules().OfType<Linear>())
        {
            TransformerInitialization.TruncatedNormal(linear.weight, Deviation, generator);
            linear.bias?.zero_();
        }
    }

    public override Tensor? Adapt(string name, Tensor stored, long[] shape) => name switch
    {
        "features.0.0.weight" => StoredTables.PatchKernel(stored, shape),
        _ when name.EndsWith(".relative_position_bias_table", StringComparison.Ordinal) => StoredTables.RelativePositions(stored, shape),
        // Depends on the window alone, which also determines the size of the table.
        _ when name.EndsWith(".relative_position_index", StringComparison.Ordinal) => state_dict()[name].clone(),
        _ => null,
    };

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _norm.call(_features.call(input)).mean([1, 2]);
        return _head.call(_dropout.call(x)).MoveToOuterDisposeScope();
    }
}
