using System.Collections.Frozen;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>Why a run moves from one status to another.</summary>
public enum RunCause
{
    /// <summary>Its ticket is about to be sent.</summary>
    Dispatched,

    /// <summary>A worker got its lease.</summary>
    Claimed,

    /// <summary>The attempt finished all epochs.</summary>
    Completed,

    /// <summary>The attempt failed, and a retry would not help or is not allowed.</summary>
    GaveUp,

    /// <summary>The attempt crashed, was lost or ran out of memory, and a retry is allowed.</summary>
    TriedAgain,

    /// <summary>The attempt stopped early with a checkpoint.</summary>
    HandedBack,

    /// <summary>A user cancelled the run or its sweep.</summary>
    Cancelled,

    /// <summary>A user retried a run that did not complete.</summary>
    Retried,

    /// <summary>The only worker on which it had crashed was set aside.</summary>
    Pardoned,

    /// <summary>An equal run is being trained, and this one waits for its result.</summary>
    HeldBack,

    /// <summary>An equal run has completed, and this one takes over its result.</summary>
    TakenOver,

    /// <summary>The stopping rule holds it at a rung.</summary>
    PausedAtRung,

    /// <summary>The stopping rule ended it early.</summary>
    StoppedEarly,

    /// <summary>The stopping rule or a user lets it continue.</summary>
    Promoted,

    /// <summary>The sweep has nothing more to train: its paused runs stay as they are.</summary>
    SearchEnded,

    /// <summary>The sweep was extended: the rule decides about its runs again.</summary>
    SearchResumed,

    /// <summary>Its stored configuration cannot be read, so no worker could train it.</summary>
    Unreadable,
}

/// <summary>The allowed status changes of a run and their causes. All others are refused.</summary>
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
            [(RunStatus.Running, RunCause.PausedAtRung)] = RunStatus.Paused,
            [(RunStatus.Running, RunCause.StoppedEarly)] = RunStatus.Stopped,
            [(RunStatus.Paused, RunCause.Promoted)] = RunStatus.Queued,
            [(RunStatus.Paused, RunCause.SearchEnded)] = RunStatus.Stopped,
            [(RunStatus.Paused, RunCause.Cancelled)] = RunStatus.Cancelled,
            [(RunStatus.Stopped, RunCause.Promoted)] = RunStatus.Queued,
            [(RunStatus.Stopped, RunCause.SearchResumed)] = RunStatus.Paused,
            [(RunStatus.Failed, RunCause.Retried)] = RunStatus.Queued,
            [(RunStatus.Failed, RunCause.Pardoned)] = RunStatus.Queued,
            [(RunStatus.Cancelled, RunCause.Retried)] = RunStatus.Queued,
        }.ToFrozenDictionary();

    public static bool TryNext(RunStatus status, RunCause cause, out RunStatus next) => Table.TryGetValue((status, cause), out next);

    public static bool IsAllowed(RunStatus status, RunCause cause) => Table.ContainsKey((status, cause));

    /// <summary>The statuses in which <paramref name="cause"/> has an effect, for bulk changes.</summary>
    public static IReadOnlyList<RunStatus> From(RunCause cause) =>
        [.. Table.Keys.Where(key => key.Item2 == cause).Select(key => key.Item1).Order()];

    /// <summary>True when a run with <paramref name="status"/> keeps it unless a user retries, promotes or extends something.</summary>
    public static bool HasEnded(RunStatus status) =>
        status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.Stopped;
}
