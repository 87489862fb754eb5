namespace Experiments.Contracts.Runs;

/// <summary>Where the initial weights of a run came from, tensor by tensor; the content of <see cref="FileName"/>.</summary>
public sealed record Initialization
{
    /// <summary>The artifact that holds it.</summary>
    public const string FileName = "initialization.json";

    /// <summary>The hyperparameter: imagenet, run:&lt;id&gt; or a path.</summary>
    public required string Source { get; init; }

    /// <summary>The name of the file that was read.</summary>
    public required string File { get; init; }

    /// <summary>What is odd about the file, such as that it is not the published one of that name; null for nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Taken over as they are.</summary>
    public required IReadOnlyList<string> Loaded { get; init; }

    /// <summary>Taken over in another shape, such as position embeddings of another image size.</summary>
    public required IReadOnlyList<string> Adapted { get; init; }

    /// <summary>New, drawn from the run's seed, because they depend on the number of classes.</summary>
    public required IReadOnlyList<string> Replaced { get; init; }

    /// <summary>Counters and tables that the file lacks and the network makes itself.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>In the file, but not in the network.</summary>
    public required IReadOnlyList<string> Skipped { get; init; }

    /// <summary>What images are normalised with because these weights need it; null where they go by the data set.</summary>
    public Normalization? Normalization { get; init; }
}

/// <summary>Mean and standard deviation of red, green and blue, for values in [0, 1].</summary>
public sealed record Normalization(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation);
