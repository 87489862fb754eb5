using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>The actions on many runs in one request.</summary>
public enum BulkAction
{
    /// <summary>Cancels runs that have not ended.</summary>
    Cancel,

    /// <summary>Queues failed and cancelled runs again.</summary>
    Retry,

    /// <summary>Adds and removes tags.</summary>
    Tag,

    /// <summary>Deletes runs that have ended, with their curves, logs and files.</summary>
    Delete,
}

/// <summary>An action on the runs of <see cref="Ids"/>, or on those of <see cref="SweepId"/> that match the status and filter.</summary>
public sealed record BulkRequest
{
    /// <summary>What to do to each of the selected runs.</summary>
    public required BulkAction Action { get; init; }

    /// <summary>The selected runs; null when <see cref="SweepId"/> selects them. Exactly one of the two is set.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>The sweep whose runs are selected; null when <see cref="Ids"/> names them.</summary>
    public string? SweepId { get; init; }

    /// <summary>Selects only the sweep's runs with this status; null for any. Not allowed together with <see cref="Ids"/>.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>A filter in the syntax of <c>GET /api/sweeps/{id}/runs</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>Tags to add to each run.</summary>
    public IReadOnlyList<string> Add { get; init; } = [];

    /// <summary>Tags to remove from each run.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Reports what would be done without doing it.</summary>
    public bool DryRun { get; init; }
}

/// <summary>The result for one run.</summary>
/// <param name="Cell">0 when there is no such run.</param>
/// <param name="Reason">Why nothing was done; null when it was.</param>
public sealed record BulkOutcome(string Id, int Cell, bool Done, string? Reason);

/// <summary>The results for all selected runs, in the order of the given ids, or of their cells.</summary>
public sealed record BulkResult(BulkAction Action, bool DryRun, int Total, int Done, IReadOnlyList<BulkOutcome> Runs)
{
    /// <summary>The bytes that deleting frees; null for other actions.</summary>
    public long? Bytes { get; init; }
}
