using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Swin;

/// <summary>Merges four places into one; torchvision's <c>models.swin_transformer.PatchMerging</c>.</summary>
internal sealed class PatchMerging : LayerGroup
{
    private readonly Linear _reduction;
    private readonly LayerNorm _norm;

    public PatchMerging(long width)
        : base(nameof(PatchMerging))
    {
        _reduction = Add("reduction", nn.Linear(4 * width, 2 * width, hasBias: false));
        _norm = Add("norm", nn.LayerNorm(4 * width));
    }

    /// <summary>[N, S, S, width] to [N, ⌈S/2⌉, ⌈S/2⌉, 2·width].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        long odd = input.shape[1] % 2;
        Tensor x = odd > 0 ? F.pad(input, [0, 0, 0, odd, 0, odd]) : input;
        long half = x.shape[1] / 2;
        // Channels in the order upper left, lower left, upper right, lower right.
        x = x.reshape(-1, half, 2, half, 2, x.shape[3]).permute(0, 1, 3, 4, 2, 5).reshape(-1, half, half, 4 * x.shape[3]);
        return _reduction.call(_norm.call(x)).MoveToOuterDisposeScope();
    }
}
