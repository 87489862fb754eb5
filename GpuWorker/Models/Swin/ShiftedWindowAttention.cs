using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Swin;

/// <summary>
/// Attention within windows, with a learned bias for each relative position; torchvision's
/// <c>models.swin_transformer.ShiftedWindowAttention</c>.
/// </summary>
internal sealed class ShiftedWindowAttention : nn.Module<Tensor, Tensor>, ICountedLayer
{
    private const long Window = 7;

    private readonly long _heads;
    private readonly long _shift;

    [ComponentName(Name = "relative_position_bias_table")]
    private readonly Parameter _table;

    [ComponentName(Name = "relative_position_index")]
    private readonly Tensor _index;

    [ComponentName(Name = "qkv")]
    private readonly Linear _qkv;

    [ComponentName(Name = "proj")]
    private readonly Linear _projection;

    /// <param name="isShifted">Windows are shifted by half a window to the right and down.</param>
    public ShiftedWindowAttention(long width, long heads, bool isShifted)
        : base(nameof(ShiftedWindowAttention))
    {
        _heads = heads;
        _shift = isShifted ? Window / 2 : 0;
        _table = RawParameter.Zeros(RelativePositions.Rows(Window), heads);
        _index = tensor(Index()).DetachFromDisposeScope();
        _qkv = nn.Linear(width, 3 * width);
        _projection = nn.Linear(width, width);
        RegisterComponents();
    }

    public void Initialize(double deviation, Generator generator) =>
        TransformerInitialization.TruncatedNormal(_table, deviation, generator);

    /// <summary>[N, S, S, width] to the same shape. Maps that are not a whole number of windows are padded with zeros to the right and below.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        long side = input.shape[1];
        Windows windows = Windows.Around(side, Window);
        long padding = windows.Side - side;
        // A single window covers the whole map without a shift.
        long shift = windows.Count > 1 ? _shift : 0;
        Tensor x = padding > 0 ? F.pad(input, [0, 0, 0, padding, 0, padding]) : input;
        x = shift > 0 ? x.roll([-shift, -shift], [1, 2]) : x;
        x = windows.Join(_projection.call(Attend(_qkv.call(windows.Split(x)), windows, shift)));
        x = shift > 0 ? x.roll([shift, shift], [1, 2]) : x;
        x = padding > 0 ? x.narrow(1, 0, side).narrow(2, 0, side).contiguous() : x;
        return x.MoveToOuterDisposeScope();
    }

    public long OwnMultiplyAdds(Tensor output)
    {
        long windows = output.shape[0] * Windows.Around(output.shape[1], Window).Count;
        return MultiHead.MultiplyAdds(windows, Window * Window, output.shape[3]);
    }

    private Tensor Attend(Tensor projected, Windows windows, long shift)
    {
        Tensor bias = RelativePositions.Bias(_table, _index);
        if (shift == 0)
        {
            return MultiHead.Attend(projected, _heads, bias);
        }

        bias = (bias + windows.Mask(shift, bias)).view(1, windows.Count * _heads, Window * Window, Window * Window);
        return MultiHead.Attend(projected, _heads, bias, windows.Count);
    }

    private static long[] Index()
    {
        const long Places = Window * Window;
        long[] index = new long[Places * Places];
        for (long i = 0; i < index.Length; i++)
        {
            index[i] = RelativePositions.Row(i / Places, i % Places, Window);
        }

        return index;
    }
}
