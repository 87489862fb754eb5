using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Timm;

/// <summary>
/// BEiT-B (Bao et al., 2022) under the names and with the initial weights of timm's <c>beit_base_patch16_224</c>: relative positions only, layer scale,
/// the mean of the patches in front of the head. For small input, patches of 4 pixels. Images are resized to a whole number of patches.
/// </summary>
public sealed class BeitBase : ImageModel
{
    private const long Width = 768;
    private const int Depth = 12;
    private const double Deviation = 0.02;
    private const double HeadScale = 0.001;

    private readonly TimmPatchEmbedding _embedding;
    private readonly Sequential _blocks;
    private readonly LayerNorm _norm = nn.LayerNorm(Width, eps: 1e-6);
    private readonly SeededDropout _dropout;
    private readonly Linear _head;

    [ComponentName(Name = "cls_token")]
    private readonly Parameter _classToken = RawParameter.Zeros(1, 1, Width);

    [Model("beit_base")]
    public BeitBase(ModelShape shape)
        : base("beit_base")
    {
        Patches patches = Patches.Of(shape);
        _embedding = Add("patch_embed", new TimmPatchEmbedding(patches, Width));
        _blocks = Add("blocks", nn.Sequential(Enumerable.Range(0, Depth)
            .Select(_ => (nn.Module<Tensor, Tensor>)new BeitBlock(Width, heads: 12, patches.Side))));
        register_module("fc_norm", _norm);
        _dropout = Add("dropout", NewDropout(shape.Dropout ?? 0));
        _head = Add("head", nn.Linear(Width, shape.Classes));
        register_parameter("cls_token", _classToken);
    }

    public override string HeadName => "head";

    public override IReadOnlyList<IReadOnlyList<string>> Blocks { get; } =
    [
        ["cls_token", "patch_embed"],
        .. Enumerable.Range(0, Depth - 1).Select(i => (string[])[$"blocks.{i}"]),
        [$"blocks.{Depth - 1}", "fc_norm"],
    ];

    public override void Initialize(Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        TransformerInitialization.TruncatedNormal(_classToken, Deviation, generator);
        _embedding.Initialize(generator);
        foreach ((BeitBlock block, int i) in _blocks.modules().OfType<BeitBlock>().Select((block, i) => (block, i)))
        {
            block.Initialize(i + 1, Deviation, generator);
        }

        TransformerInitialization.TruncatedNormal(_head.weight, Deviation, generator);
        _head.weight.mul_(HeadScale);
        _head.bias!.zero_();
    }

    public override Tensor? Adapt(string name, Tensor stored, long[] shape) => name switch
    {
        "patch_embed.proj.weight" => StoredTables.PatchKernel(stored, shape),
        _ when name.EndsWith(".relative_position_bias_table", StringComparison.Ordinal) =>
            StoredTables.RelativePositions(stored, shape, BeitAttention.TokenRows),
        _ => null,
    };

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _embedding.call(input);
        x = _blocks.call(cat([_classToken.expand(x.shape[0], -1, -1), x], dim: 1));
        x = _norm.call(x.narrow(1, 1, x.shape[1] - 1).mean([1]));
        return _head.call(_dropout.call(x)).MoveToOuterDisposeScope();
    }
}
