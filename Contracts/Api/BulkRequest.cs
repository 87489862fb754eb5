using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>What can be done to many runs at once.</summary>
public enum BulkAction
{
    /// <summary>Cancels runs that have not ended.</summary>
    Cancel,

    /// <summary>Queues failed and cancelled runs again.</summary>
    Retry,

    /// <summary>Adds and removes tags.</summary>
    Tag,

    /// <summary>Deletes runs that have ended, with all that they left.</summary>
    Delete,
}

/// <summary>Something to be done to the runs of <see cref="Ids"/>, or to those of <see cref="SweepId"/> that meet the conditions.</summary>
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

    /// <summary>A condition as <c>GET /api/sweeps/{id}/runs</c> takes it.</summary>
    public string? Filter { get; init; }

    /// <summary>Tags that each run gets.</summary>
    public IReadOnlyList<string> Add { get; init; } = [];

    /// <summary>Tags that each run loses.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Says what would be done, and does nothing.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What became of one run.</summary>
/// <param name="Cell">0 when there is no such run.</param>
/// <param name="Reason">Why nothing was done; null when it was.</param>
public sealed record BulkOutcome(string Id, int Cell, bool Done, string? Reason);

/// <summary>What became of all of them, in the order in which they were named, or of their cells.</summary>
public sealed record BulkResult(BulkAction Action, bool DryRun, int Total, int Done, IReadOnlyList<BulkOutcome> Runs)
{
    /// <summary>How much room deleting frees, in bytes; null for other actions.</summary>
    public long? Bytes { get; init; }
}
