using System.Text.Json.Serialization;

namespace Experiments.Contracts.Api;

/// <summary>What kind of thing changed.</summary>
public enum ChangeKind
{
    /// <summary>A sweep, or the counts of its runs.</summary>
    Sweep,

    /// <summary>A run's status, progress, metrics or annotations.</summary>
    Run,

    /// <summary>A worker registered, changed its state, or was lost.</summary>
    Worker,

    /// <summary>Lines were added to the log of the run with that id; the run itself has not changed.</summary>
    Log,
}

/// <summary>
/// One server-sent event of <c>GET /api/events</c>: something was created, changed or deleted and should be read again.
/// </summary>
/// <param name="SweepId">The sweep that a changed run belongs to, or the changed sweep itself; null for workers and logs.</param>
/// <param name="Deleted">True when it was deleted; left out of the event otherwise.</param>
public sealed record ChangeEvent(
    ChangeKind Kind, string Id, string? SweepId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Deleted = false);
