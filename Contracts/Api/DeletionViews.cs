namespace Experiments.Contracts.Api;

/// <summary>What deleting a sweep or a run would do.</summary>
public sealed record DeletionPreview
{
    /// <summary>How many runs would be deleted.</summary>
    public required int Runs { get; init; }

    /// <summary>Bytes that deletion frees: files, and space in the metrics database that will be reused.</summary>
    public required long Bytes { get; init; }

    /// <summary>The part of <see cref="Bytes"/> that files take.</summary>
    public required long ArtifactBytes { get; init; }

    /// <summary>Attempts of these runs.</summary>
    public required int Attempts { get; init; }

    /// <summary>Points of their curves.</summary>
    public required long Points { get; init; }

    /// <summary>Lines of their logs.</summary>
    public required long LogLines { get; init; }

    /// <summary>Why it is not possible now, apart from other runs that need it; null when there is no such reason.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Runs that need it and so prevent the deletion.</summary>
    public IReadOnlyList<RunDependent> NeededBy { get; init; } = [];
}

/// <summary>The reason why a run needs another one.</summary>
public enum DependencyKind
{
    /// <summary>It took over the other's result: metrics and files are served from there.</summary>
    Reuse,

    /// <summary>It starts from the other's weights.</summary>
    Pretrained,

    /// <summary>The other is its teacher for distillation.</summary>
    Teacher,
}

/// <summary>A run that needs another.</summary>
/// <param name="NeededId">The run that it needs.</param>
public sealed record RunDependent(string RunId, int Cell, string SweepId, string SweepName, DependencyKind Kind, string NeededId)
{
    /// <summary>That run's cell.</summary>
    public int NeededCell { get; init; }
}
