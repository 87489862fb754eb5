using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.VisionTransformers;

/// <summary>Attention of a sequence to itself under the names of PyTorch's <c>nn.MultiheadAttention</c>.</summary>
internal sealed class SelfAttention : nn.Module<Tensor, Tensor>, ICountedLayer
{
    private readonly long _heads;

    [ComponentName(Name = "in_proj_weight")]
    private readonly Parameter _inWeight;

    [ComponentName(Name = "in_proj_bias")]
    private readonly Parameter _inBias;

    [ComponentName(Name = "out_proj")]
    private readonly Linear _out;

    public SelfAttention(long width, long heads)
        : base(nameof(SelfAttention))
    {
        _heads = heads;
        _inWeight = RawParameter.Zeros(3 * width, width);
        _inBias = RawParameter.Zeros(3 * width);
        _out = nn.Linear(width, width);
        RegisterComponents();
    }

    /// <summary>Initial weights as in PyTorch's <c>nn.MultiheadAttention</c>.</summary>
    public void Initialize(Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        TransformerInitialization.XavierUniform(_inWeight, generator);
        _inBias.zero_();
        WeightInitialization.Default(_out.weight, null, generator);
        _out.bias!.zero_();
    }

    /// <summary>[N, L, width] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor projected = nn.functional.linear(input, _inWeight, _inBias);
        return _out.call(MultiHead.Attend(projected, _heads)).MoveToOuterDisposeScope();
    }

    public long OwnMultiplyAdds(Tensor output) =>
        (output.numel() * _inWeight.shape[0])
        + MultiHead.MultiplyAdds(output.shape[0], output.shape[1], output.shape[2]);
}
