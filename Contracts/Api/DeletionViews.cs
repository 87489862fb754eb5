namespace Experiments.Contracts.Api;

/// <summary>What deleting a sweep or a run would do.</summary>
public sealed record DeletionPreview
{
    /// <summary>How many runs would go.</summary>
    public required int Runs { get; init; }

    /// <summary>How much room that frees: files, and room in the metrics database that is filled again. In bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The part of <see cref="Bytes"/> that are files.</summary>
    public required long ArtifactBytes { get; init; }

    /// <summary>Tries of these runs.</summary>
    public required int Attempts { get; init; }

    /// <summary>Points of their curves.</summary>
    public required long Points { get; init; }

    /// <summary>Lines of their logs.</summary>
    public required long LogLines { get; init; }

    /// <summary>Why it is not possible now, other than for those that need it; null when there is no such reason.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Runs that keep it from being deleted.</summary>
    public IReadOnlyList<RunDependent> NeededBy { get; init; } = [];
}

/// <summary>What a run needs another one for.</summary>
public enum DependencyKind
{
    /// <summary>It took over the other's result: metrics and files are served from there.</summary>
    Reuse,

    /// <summary>It starts from the other's weights.</summary>
    Pretrained,

    /// <summary>It learns from the other.</summary>
    Teacher,
}

/// <summary>A run that needs another.</summary>
/// <param name="NeededId">The run that it needs.</param>
public sealed record RunDependent(string RunId, int Cell, string SweepId, string SweepName, DependencyKind Kind, string NeededId)
{
    /// <summary>That run's cell.</summary>
    public int NeededCell { get; init; }
}
