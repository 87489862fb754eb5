using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Base;

/// <summary>
/// A classifier of images: [N, 3, S, S] float32, normalised, to logits [N, classes]. Parameters and buffers have
/// torchvision's names where it has the architecture.
/// </summary>
public abstract class ImageModel : nn.Module<Tensor, Tensor>
{
    private protected ImageModel(string name)
        : base(name)
    {
    }

    /// <summary>The name of the last layer, which is replaced for other classes and trained while the backbone is frozen.</summary>
    public abstract string HeadName { get; }

    /// <summary>
    /// The backbone in blocks from the input to the head, each as the names of its modules or parameters: what gradual unfreezing thaws
    /// one by one. Every parameter is either the head's or belongs to one block.
    /// </summary>
    public abstract IReadOnlyList<IReadOnlyList<string>> Blocks { get; }

    /// <summary>Where the layers of this network that are random while training have their numbers from.</summary>
    public StepRandomness Randomness { get; } = new();

    /// <summary>True where a training batch must hold more than one image.</summary>
    public bool UsesBatchNorm => modules().OfType<BatchNorm2d>().Any();

    /// <summary>Draws all initial weights from <paramref name="generator"/> (CPU), in a fixed order.</summary>
    public abstract void Initialize(Generator generator);

    /// <summary>As <c>forward</c>, with the auxiliary outputs that only training uses.</summary>
    public virtual TrainingLogits ForwardTraining(Tensor input) => new(forward(input), []);

    /// <summary>Whether the parameter of that name belongs to the head.</summary>
    public bool IsHead(string parameter) => IsUnder(HeadName, parameter);

    /// <summary>Whether the shape of the parameter of that name follows from the classes; other classes need a new one.</summary>
    public virtual bool DependsOnClasses(string parameter) => IsHead(parameter);

    /// <summary>Whether the parameter of that name has a row per class, in their order: what is reordered for the same classes in another order.</summary>
    public virtual bool HasRowPerClass(string parameter) => DependsOnClasses(parameter);

    /// <summary>
    /// Turns a tensor that this architecture was stored with at another image or patch size into one that fits, such as a position embedding
    /// by interpolation.
    /// </summary>
    /// <param name="name">Of the parameter or buffer.</param>
    /// <param name="stored">What the file has under that name, in a shape other than <paramref name="shape"/>. Stays the caller's.</param>
    /// <param name="shape">What this network needs.</param>
    /// <returns>A new tensor of that shape, which the caller owns, or null where the stored one says nothing about it.</returns>
    public virtual Tensor? Adapt(string name, Tensor stored, long[] shape) => null;

    /// <summary>
    /// Prepares for training. Frozen blocks need no gradients. What is random while training is so everywhere, as a frozen backbone in front of a
    /// dropout is meant to be.
    /// </summary>
    /// <param name="thawedBlocks">How many of the last blocks are trained beside the head; as many as there are or more for all.</param>
    /// <param name="freezeBatchNorm">Batch norms of frozen blocks keep their statistics (evaluation mode).</param>
    public void PrepareToTrain(int thawedBlocks, bool freezeBatchNorm)
    {
        string[] frozen = [.. Blocks.SkipLast(thawedBlocks).SelectMany(block => block)];
        train();
        foreach ((string name, Parameter parameter) in named_parameters())
        {
            parameter.requires_grad = !frozen.Any(part => IsUnder(part, name));
        }

        foreach ((string name, nn.Module module) in named_modules())
        {
            if (module is BatchNorm2d && freezeBatchNorm && frozen.Any(part => IsUnder(part, name)))
            {
                module.eval();
            }
        }
    }

    /// <summary>A dropout with random numbers of its own; like every module it has to be registered to know whether it is being trained.</summary>
    private protected SeededDropout NewDropout(double probability) => new(probability, Randomness);

    private static bool IsUnder(string part, string name) =>
        name.StartsWith(part, StringComparison.Ordinal) && (name.Length == part.Length || name[part.Length] == '.');
}
