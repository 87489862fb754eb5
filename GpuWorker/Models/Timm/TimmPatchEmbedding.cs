using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using Experiments.GpuWorker.Models.Transformers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Timm;

/// <summary>An image as a sequence of linearly projected patches; timm's <c>layers.PatchEmbed</c>.</summary>
internal sealed class TimmPatchEmbedding : LayerGroup
{
    private readonly Patches _patches;
    private readonly Conv2d _projection;

    public TimmPatchEmbedding(Patches patches, long width)
        : base(nameof(TimmPatchEmbedding))
    {
        _patches = patches;
        _projection = Add("proj", nn.Conv2d(3, width, patches.Size, stride: patches.Size));
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
