using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Tests.Runs.Lifecycle;

/// <content>Equal runs of several sweeps: one is trained, the others wait for it.</content>
internal sealed partial class LifecycleModel
{
    /// <summary>Runs with the same are equal.</summary>
    public Dictionary<string, string> Keys { get; } = [];

    /// <summary>Of each sweep.</summary>
    public Dictionary<string, int> Priorities { get; } = [];

    /// <summary>By each run that waits, the one it waits for.</summary>
    public Dictionary<string, string> WaitsFor { get; } = [];

    /// <summary>By each run that took over a result, the one it has it from.</summary>
    public Dictionary<string, string> ReusedFrom { get; } = [];

    private string[] TwinsOf(string runId) => [.. Runs.Keys.Where(id => id != runId && Keys[id] == Keys[runId])];

    private bool IsWorthWaitingFor(string runId, int priority) =>
        !WaitsFor.ContainsKey(runId)
        && (Runs[runId].Status == RunStatus.Running
            || (Runs[runId] is { Status: RunStatus.Queued, Attempt: > 0 }
                && Sweeps[SweepOf(runId)] == SweepStatus.Running && Priorities[SweepOf(runId)] >= priority));

    private void Settle(string runId)
    {
        if (TwinsOf(runId).FirstOrDefault(id => Runs[id].Status == RunStatus.Completed) is { } completed)
        {
            TakeOver(runId, completed);
        }
        else if (TwinsOf(runId).FirstOrDefault(id => IsWorthWaitingFor(id, Priorities[SweepOf(runId)])) is { } leader)
        {
            HoldBack(runId, leader);
        }
    }

    private void LetOthersKnow(string runId)
    {
        string[] waiting = [.. WaitsFor.Where(pair => pair.Value == runId).Select(pair => pair.Key)];
        switch (Runs[runId].Status)
        {
            case RunStatus.Completed:
                Array.ForEach(waiting, id => TakeOver(id, runId));
                break;
            case RunStatus.Queued:
                string sweep = SweepOf(runId);
                Release(id => WaitsFor[id] == runId && (Sweeps[sweep] != SweepStatus.Running || Priorities[SweepOf(id)] > Priorities[sweep]));
                Settle(runId);
                break;
            default:
                Release(id => WaitsFor[id] == runId);
                break;
        }
    }

    private void Release(Func<string, bool> which)
    {
        foreach (string id in WaitsFor.Keys.Where(which).ToArray())
        {
            WaitsFor.Remove(id);
        }
    }

    private void HoldBack(string runId, string leader)
    {
        Runs[runId] = Runs[runId].After(RunCause.HeldBack) ?? Runs[runId];
        WaitsFor[runId] = leader;
        foreach (string id in WaitsFor.Where(pair => pair.Value == runId).Select(pair => pair.Key).ToArray())
        {
            WaitsFor[id] = leader;
        }
    }

    private void TakeOver(string runId, string source)
    {
        WaitsFor.Remove(runId);
        ReusedFrom[runId] = ReusedFrom.GetValueOrDefault(source, source);
        TryMove(runId, Runs[runId].After(RunCause.TakenOver));
    }
}
