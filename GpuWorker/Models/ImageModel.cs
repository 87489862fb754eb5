using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models;

/// <summary>
/// A classifier of images: [N, 3, S, S] float32, normalised, to logits [N, classes]. Parameters and buffers have
/// torchvision's names where it has the architecture.
/// </summary>
public abstract class ImageModel : nn.Module<Tensor, Tensor>
{
    private protected ImageModel(string name, double dropout)
        : base(name)
    {
        Dropout = new SeededDropout(dropout);
        register_module("dropout", Dropout);
    }

    /// <summary>The name of the last layer, which is replaced for other classes and trained while the backbone is frozen.</summary>
    public abstract string HeadName { get; }

    /// <summary>Stands in front of the head.</summary>
    public SeededDropout Dropout { get; }

    /// <summary>True where a training batch must hold more than one image.</summary>
    public virtual bool UsesBatchNorm => false;

    /// <summary>Draws all initial weights from <paramref name="generator"/> (CPU), in a fixed order.</summary>
    public abstract void Initialize(Generator generator);

    /// <summary>Whether the parameter of that name belongs to the head.</summary>
    public bool IsHead(string parameter) => parameter.StartsWith(HeadName + ".", StringComparison.Ordinal);

    /// <summary>
    /// Prepares for training. While frozen, the backbone needs no gradients, and its batch norms keep their statistics
    /// (evaluation mode); only the head and the dropout in front of it are in training mode.
    /// </summary>
    public void PrepareToTrain(bool backboneFrozen)
    {
        train(!backboneFrozen);
        Dropout.train();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in named_parameters())
        {
            parameter.requires_grad = !backboneFrozen || IsHead(name);
        }
    }
}
