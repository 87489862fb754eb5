using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Base;

/// <summary>
/// A classifier of images: [N, 3, S, S] float32, normalized, to logits [N, classes]. Parameters and buffers have
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
    /// The backbone in blocks from the input to the head, each as the names of its modules or parameters: the order of gradual
    /// unfreezing. Every parameter is either the head's or belongs to one block.
    /// </summary>
    public abstract IReadOnlyList<IReadOnlyList<string>> Blocks { get; }

    /// <summary>The random numbers of the layers that are random in training.</summary>
    public StepRandomness Randomness { get; } = new();

    /// <summary>True if a training batch must hold more than one image.</summary>
    public bool UsesBatchNorm => modules().OfType<BatchNorm2d>().Any();

    /// <summary>
    /// True if training on a CPU is faster with the channels last in memory, as measured with <c>benchmarks -- execution</c> on a CPU with AVX-512;
    /// docs/training.md has the figures. False for transformers, which gain nothing, and for networks whose steps mostly update large linear layers.
    /// </summary>
    public virtual bool PrefersChannelsLast => false;

    /// <summary>
    /// Draws all initial weights from <paramref name="generator"/> (CPU), in a fixed order. Unless a network says otherwise, they are PyTorch's usual
    /// ones: those of the convolutions, then those of the linear layers.
    /// </summary>
    public virtual void Initialize(Generator generator)
    {
        foreach (Conv2d conv in modules().OfType<Conv2d>())
        {
            WeightInitialization.Default(conv.weight, conv.bias, generator);
        }

        foreach (Linear linear in modules().OfType<Linear>())
        {
            WeightInitialization.Default(linear.weight, linear.bias, generator);
        }
    }

    /// <summary>Like <c>forward</c>, with the auxiliary outputs that only training uses.</summary>
    public virtual TrainingLogits ForwardTraining(Tensor input) => new(forward(input), []);

    /// <summary>Whether the parameter of that name belongs to the head.</summary>
    public bool IsHead(string parameter) => IsUnder(HeadName, parameter);

    /// <summary>Whether the shape of the parameter depends on the classes; other classes need a new one.</summary>
    public virtual bool DependsOnClasses(string parameter) => IsHead(parameter);

    /// <summary>Whether the parameter has a row per class: its rows are reordered for the same classes in another order.</summary>
    public virtual bool HasRowPerClass(string parameter) => DependsOnClasses(parameter);

    /// <summary>
    /// Converts a tensor of this architecture that was stored at another image or patch size, such as a position embedding
    /// by interpolation.
    /// </summary>
    /// <param name="name">The name of the parameter or buffer.</param>
    /// <param name="stored">The stored tensor, in a shape other than <paramref name="shape"/>. Owned by the caller.</param>
    /// <param name="shape">The shape that this network needs.</param>
    /// <returns>A new tensor of that shape, which the caller owns, or null if the stored one cannot be converted.</returns>
    public virtual Tensor? Adapt(string name, Tensor stored, long[] shape) => null;

    /// <summary>
    /// Prepares for training. Frozen blocks need no gradients. Random layers stay random in frozen blocks too, as a frozen backbone in front of a
    /// dropout requires.
    /// </summary>
    /// <param name="thawedBlocks">The number of last blocks that are trained in addition to the head; the number of blocks or more for all.</param>
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

    /// <summary>Registers a layer under torchvision's name.</summary>
    private protected T Add<T>(string name, T layer)
        where T : nn.Module
    {
        register_module(name, layer);
        return layer;
    }

    /// <summary>A dropout with its own random numbers. Like every module, it must be registered to switch between training and evaluation.</summary>
    private protected SeededDropout NewDropout(double probability) => new(probability, Randomness);

    private static bool IsUnder(string part, string name) =>
        name.StartsWith(part, StringComparison.Ordinal) && (name.Length == part.Length || name[part.Length] == '.');
}
