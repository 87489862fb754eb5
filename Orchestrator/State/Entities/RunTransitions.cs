using System.Collections.Frozen;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>What can move a run from one status to another.</summary>
public enum RunCause
{
    /// <summary>Its ticket is about to be sent.</summary>
    Dispatched,

    /// <summary>A worker got its lease.</summary>
    Claimed,

    /// <summary>The attempt finished all epochs.</summary>
    Completed,

    /// <summary>The attempt failed, and another would not help or is not allowed.</summary>
    GaveUp,

    /// <summary>The attempt crashed, was lost or had not enough memory, and another is allowed.</summary>
    TriedAgain,

    /// <summary>The attempt stopped early with a checkpoint.</summary>
    HandedBack,

    /// <summary>Somebody cancelled the run or its sweep.</summary>
    Cancelled,

    /// <summary>Somebody asked for another try of a run that did not complete.</summary>
    Retried,

    /// <summary>The worker on which alone it had crashed was set aside.</summary>
    Pardoned,

    /// <summary>An equal run is trained now, and this one waits for its result.</summary>
    HeldBack,

    /// <summary>An equal run has completed, and this one takes over its result.</summary>
    TakenOver,

    /// <summary>Its stored configuration cannot be read, so that no worker could train it.</summary>
    Unreadable,
}

/// <summary>The life of a run: what may follow what, and why. Anything that is not in this table is refused.</summary>
public static class RunTransitions
{
    private static readonly FrozenDictionary<(RunStatus, RunCause), RunStatus> Table =
        new Dictionary<(RunStatus, RunCause), RunStatus>
        {
            [(RunStatus.Pending, RunCause.Dispatched)] = RunStatus.Queued,
            [(RunStatus.Pending, RunCause.Cancelled)] = RunStatus.Cancelled,
            [(RunStatus.Pending, RunCause.TakenOver)] = RunStatus.Completed,
            [(RunStatus.Queued, RunCause.Claimed)] = RunStatus.Running,
            [(RunStatus.Queued, RunCause.HeldBack)] = RunStatus.Pending,
            [(RunStatus.Queued, RunCause.TakenOver)] = RunStatus.Completed,
            [(RunStatus.Queued, RunCause.Unreadable)] = RunStatus.Failed,
            [(RunStatus.Queued, RunCause.Cancelled)] = RunStatus.Cancelled,
            [(RunStatus.Running, RunCause.Completed)] = RunStatus.Completed,
            [(RunStatus.Running, RunCause.GaveUp)] = RunStatus.Failed,
            [(RunStatus.Running, RunCause.TriedAgain)] = RunStatus.Queued,
            [(RunStatus.Running, RunCause.HandedBack)] = RunStatus.Queued,
            [(RunStatus.Running, RunCause.Cancelled)] = RunStatus.Cancelled,
            [(RunStatus.Failed, RunCause.Retried)] = RunStatus.Queued,
            [(RunStatus.Failed, RunCause.Pardoned)] = RunStatus.Queued,
            [(RunStatus.Cancelled, RunCause.Retried)] = RunStatus.Queued,
        }.ToFrozenDictionary();

    public static bool TryNext(RunStatus status, RunCause cause, out RunStatus next) => Table.TryGetValue((status, cause), out next);

    public static bool IsAllowed(RunStatus status, RunCause cause) => Table.ContainsKey((status, cause));

    /// <summary>The statuses in which <paramref name="cause"/> does something, for changing many runs at once.</summary>
    public static IReadOnlyList<RunStatus> From(RunCause cause) =>
        [.. Table.Keys.Where(key => key.Item2 == cause).Select(key => key.Item1).Order()];

    /// <summary>True when a run in <paramref name="status"/> stays there unless somebody retries it.</summary>
    public static bool HasEnded(RunStatus status) =>
        status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled;
}
