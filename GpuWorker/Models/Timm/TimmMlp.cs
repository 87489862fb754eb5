using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Timm;

/// <summary>Two linear layers around GELU; timm's <c>layers.Mlp</c>.</summary>
internal sealed class TimmMlp : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "fc1")]
    private readonly Linear _fc1;

    [ComponentName(Name = "fc2")]
    private readonly Linear _fc2;

    public TimmMlp(long width, long hidden)
        : base(nameof(TimmMlp))
    {
        _fc1 = nn.Linear(width, hidden);
        _fc2 = nn.Linear(hidden, width);
        RegisterComponents();
    }

    /// <summary>The layer before the shortcut.</summary>
    public Linear Last => _fc2;

    /// <summary>[N, L, width] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return _fc2.call(F.gelu(_fc1.call(input))).MoveToOuterDisposeScope();
    }
}
