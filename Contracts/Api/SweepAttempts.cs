using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>A worker that trained runs of a sweep, as it was at that time.</summary>
public sealed record AttemptWorker(string Id, string? Host, string? Device);

/// <summary>All attempts of a sweep, column by column: the n-th value of every list but <see cref="Workers"/> belongs to the n-th attempt. In the order of their start.</summary>
public sealed record SweepAttempts
{
    /// <summary>The workers that <see cref="WorkerIndexes"/> refers to.</summary>
    public required IReadOnlyList<AttemptWorker> Workers { get; init; }

    /// <summary>Ids of the attempts' runs.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>The runs' cells.</summary>
    public required IReadOnlyList<int> Cells { get; init; }

    /// <summary>The number of each attempt within its run, from 1.</summary>
    public required IReadOnlyList<int> Attempts { get; init; }

    /// <summary>The index of each attempt's worker in <see cref="Workers"/>.</summary>
    public required IReadOnlyList<int> WorkerIndexes { get; init; }

    /// <summary>When each claim was granted (UTC).</summary>
    public required IReadOnlyList<DateTimeOffset> StartedAt { get; init; }

    /// <summary>Null while it runs, as is its outcome.</summary>
    public required IReadOnlyList<DateTimeOffset?> EndedAt { get; init; }

    /// <summary>How each attempt ended; null while it runs.</summary>
    public required IReadOnlyList<AttemptOutcome?> Outcomes { get; init; }

    /// <summary>What went wrong; null where nothing did.</summary>
    public required IReadOnlyList<FailureKind?> Failures { get; init; }

    /// <summary>Finished epochs at the start.</summary>
    public required IReadOnlyList<int> FirstEpochs { get; init; }

    /// <summary>Finished epochs as last reported.</summary>
    public required IReadOnlyList<int> LastEpochs { get; init; }
}
