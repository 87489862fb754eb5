using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Timm;

/// <summary>An image as a sequence of linearly projected patches; timm's <c>layers.PatchEmbed</c>.</summary>
internal sealed class TimmPatchEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Patches _patches;

    [ComponentName(Name = "proj")]
    private readonly Conv2d _projection;

    public TimmPatchEmbedding(Patches patches, long width)
        : base(nameof(TimmPatchEmbedding))
    {
        _patches = patches;
        _projection = nn.Conv2d(3, width, patches.Size, stride: patches.Size);
        RegisterComponents();
    }

    /// <summary>PyTorch's default of convolutions.</summary>
    public void Initialize(Generator generator) => WeightInitialization.Default(_projection.weight, _projection.bias, generator);

    /// <summary>[N, 3, S, S] to [N, patches, width].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return _projection.call(_patches.Fit(input)).flatten(2).transpose(1, 2).MoveToOuterDisposeScope();
    }
}
