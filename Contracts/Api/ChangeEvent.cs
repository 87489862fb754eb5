using System.Text.Json.Serialization;

namespace Experiments.Contracts.Api;

/// <summary>What kind of thing changed.</summary>
public enum ChangeKind
{
    Sweep,
    Run,
    Worker,

    /// <summary>Lines were added to the log of the run with that id; the run itself is as it was.</summary>
    Log,
}

/// <summary>
/// One server-sent event of <c>GET /api/events</c>: something was created, changed or deleted and is worth reading again.
/// </summary>
/// <param name="SweepId">The sweep that a changed run belongs to, or the changed sweep itself; null for workers and logs.</param>
/// <param name="Deleted">True once it is not there any more; left out of the event otherwise.</param>
public sealed record ChangeEvent(
    ChangeKind Kind, string Id, string? SweepId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Deleted = false);
