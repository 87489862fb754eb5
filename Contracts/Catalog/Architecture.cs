namespace Experiments.Contracts.Catalog;

/// <summary>Everything registered about an architecture except its network, which GpuWorker builds: catalog entry, aliases and published weights.</summary>
/// <param name="Info">The information that users see.</param>
/// <param name="Weights">Null if no weights are published.</param>
public sealed record Architecture(ModelInfo Info, PublishedWeights? Weights = null)
{
    /// <summary>The published weights of <see cref="Info"/>.</summary>
    public PublishedWeights? Weights { get; } = Weights is null ? null : Weights with { Model = Info.Name };

    /// <summary>The names that other tools use, separated by spaces.</summary>
    public string Aliases { get; init; } = "";

    /// <summary>The model with the same backbone, if the heads differ and head weights are not transferred.</summary>
    public string? Backbone { get; init; }

    /// <summary>Whether its images are resized to whole patches, see <see cref="PythonShape.Side"/>.</summary>
    public bool TakesWholePatches { get; init; }

    /// <summary>Whether its accuracy in bfloat16 was compared with float32, so that <c>precision: auto</c> may choose it.</summary>
    public bool IsAccurateInBFloat16 { get; init; }

    /// <summary>The lines of Python that assign the network to <c>model</c>; null for torchvision's function of the model's name.</summary>
    public Func<PythonShape, string?> Python { get; init; } = _ => null;

    /// <summary>Lines of Python that give torchvision's network its stem for small images: the default stem without stride and pooling.</summary>
    public string SmallStem { get; init; } = """

        model.conv1 = nn.Conv2d(3, 64, 3, padding=1, bias=False)
        model.maxpool = nn.Identity()
        """;
}
