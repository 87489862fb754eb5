using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Timm;

/// <summary>Two linear layers around GELU; timm's <c>layers.Mlp</c>.</summary>
internal sealed class TimmMlp : LayerGroup
{
    private readonly Linear _fc1;
    private readonly Linear _fc2;

    public TimmMlp(long width, long hidden)
        : base(nameof(TimmMlp))
    {
        _fc1 = Add("fc1", nn.Linear(width, hidden));
        _fc2 = Add("fc2", nn.Linear(hidden, width));
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
