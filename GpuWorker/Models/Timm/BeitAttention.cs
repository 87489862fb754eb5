using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Timm;

/// <summary>
/// Attention of a sequence of one class token and square patches to itself, with a learned bias for each relative position and none for
/// the keys; timm's <c>models.beit.Attention</c>.
/// </summary>
internal sealed class BeitAttention : nn.Module<Tensor, Tensor>, ICountedLayer
{
    /// <summary>Rows of the table for the class token: from it, to it, and from it to itself.</summary>
    public const int TokenRows = 3;

    private const string IndexName = "relative_position_index";

    private readonly long _heads;

    [ComponentName(Name = "qkv")]
    private readonly Linear _qkv;

    [ComponentName(Name = "q_bias")]
    private readonly Parameter _queryBias;

    [ComponentName(Name = "v_bias")]
    private readonly Parameter _valueBias;

    [ComponentName(Name = "relative_position_bias_table")]
    private readonly Parameter _table;

    [ComponentName(Name = "proj")]
    private readonly Linear _projection;

    [ComponentName(Name = IndexName)]
    private readonly Tensor _index;

    public BeitAttention(long width, long heads, int side)
        : base(nameof(BeitAttention))
    {
        _heads = heads;
        _qkv = nn.Linear(width, 3 * width, hasBias: false);
        _queryBias = RawParameter.Zeros(width);
        _valueBias = RawParameter.Zeros(width);
        _table = RawParameter.Zeros(RelativePositions.Rows(side) + TokenRows, heads);
        _projection = nn.Linear(width, width);
        _index = tensor(Index(side)).DetachFromDisposeScope();
        register_buffer(IndexName, _index, persistent: false);
        RegisterComponents();
    }

    /// <summary>The layer before the shortcut.</summary>
    public Linear Last => _projection;

    /// <summary>[N, 1 + side², width] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor bias = cat([_queryBias, zeros_like(_queryBias), _valueBias]);
        Tensor projected = _qkv.call(input).add_(bias);
        Tensor mixed = MultiHead.Attend(projected, _heads, RelativePositions.Bias(_table, _index));
        return _projection.call(mixed).MoveToOuterDisposeScope();
    }

    public long OwnMultiplyAdds(Tensor output) => MultiHead.MultiplyAdds(output.shape[0], output.shape[1], output.shape[2]);

    // TorchSharp makes every moved buffer persistent; timm's files have no such tensor.
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        base._toEpilog(dtype, device, non_blocking);
        ConditionallyRegisterBuffer(IndexName, _index, persistent: false);
    }

    private static long[] Index(long side)
    {
        long tokens = RelativePositions.Rows(side);
        long length = (side * side) + 1;
        long[] index = new long[length * length];
        for (long from = 0; from < length; from++)
        {
            for (long to = 0; to < length; to++)
            {
                index[(from * length) + to] = (from, to) switch
                {
                    (0, 0) => tokens + 2,
                    (0, _) => tokens,
                    (_, 0) => tokens + 1,
                    _ => RelativePositions.Row(from - 1, to - 1, side),
                };
            }
        }

        return index;
    }
}
