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

    /// <summary>The key in the file that holds the weights, such as <c>state_dict_ema</c>; null where they are at the top level.</summary>
    public string? Container { get; init; }

    /// <summary>The prefix that was dropped from the file's names, such as <c>_orig_mod.</c>; null for nothing.</summary>
    public string? DroppedPrefix { get; init; }

    /// <summary>Other weights in the file that also fit but were not used, such as a moving average.</summary>
    public IReadOnlyList<string> OtherReadings { get; init; } = [];

    /// <summary>What was done with the head; null in files of earlier versions.</summary>
    public HeadFate? Head { get; init; }

    /// <summary>Why, in words that name classes.</summary>
    public string? HeadReason { get; init; }

    /// <summary>A warning about the file, such as that it is not the published one of that name; null for none.</summary>
    public string? Warning { get; init; }

    /// <summary>Taken over unchanged.</summary>
    public required IReadOnlyList<string> Loaded { get; init; }

    /// <summary>Taken over in another shape, such as position embeddings of another image size.</summary>
    public required IReadOnlyList<string> Adapted { get; init; }

    /// <summary>Taken over row by row in another order, that of the data set's classes.</summary>
    public IReadOnlyList<string> Reordered { get; init; } = [];

    /// <summary>New, drawn from the run's seed, because they belong to other classes.</summary>
    public required IReadOnlyList<string> Replaced { get; init; }

    /// <summary>Counters and tables that are not in the file and that the network creates itself.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>In the file, but not in the network.</summary>
    public required IReadOnlyList<string> Skipped { get; init; }

    /// <summary>The normalization of images that these weights require; null where it is that of the data set.</summary>
    public Normalization? Normalization { get; init; }
}

/// <summary>Mean and standard deviation of red, green and blue, for values in [0, 1].</summary>
public sealed record Normalization(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation);
