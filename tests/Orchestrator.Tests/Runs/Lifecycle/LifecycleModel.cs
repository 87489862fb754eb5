using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Runs.Leases;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Tests.Runs.Lifecycle;

/// <summary>The expected state of the Orchestrator: <see cref="RunState"/> has the rules, this remembers leases and sweeps. Pure.</summary>
internal sealed partial class LifecycleModel(TimeSpan lease)
{
    private readonly HashSet<(string RunId, int Attempt)> _open = [];
    private readonly Dictionary<string, (int Attempt, TimeSpan RenewedAt, bool WasRenewed)> _leases = [];
    private readonly Dictionary<string, int> _pardoned = [];

    public Dictionary<string, RunState> Runs { get; } = [];

    public Dictionary<string, SweepStatus> Sweeps { get; } = [];

    /// <summary>Runs that a user has just asked to retry.</summary>
    public HashSet<string> Retried { get; } = [];

    public static string SweepOf(string runId) => runId[..runId.IndexOf('-', StringComparison.Ordinal)];

    public int? HolderOf(string runId) => _leases.TryGetValue(runId, out (int Attempt, TimeSpan, bool) holder) ? holder.Attempt : null;

    public bool CanBeClaimed(string runId) => Runs[runId].Claim() is not null && Sweeps[SweepOf(runId)] == SweepStatus.Running;

    public void Dispatch()
    {
        foreach ((string id, RunState run) in Runs.Where(run => Sweeps[SweepOf(run.Key)] == SweepStatus.Running && !WaitsFor.ContainsKey(run.Key)).ToArray())
        {
            Runs[id] = run.After(RunCause.Dispatched) ?? run;
        }
    }

    public void Claim(string runId, TimeSpan now)
    {
        Runs[runId] = Runs[runId].Claim()!.Value;
        _open.RemoveWhere(attempt => attempt.RunId == runId);
        _open.Add((runId, Runs[runId].Attempt));
        _leases[runId] = (Runs[runId].Attempt, now, false);
        foreach (string twin in TwinsOf(runId).Where(id => !WaitsFor.ContainsKey(id) && Runs[id].Status is RunStatus.Pending or RunStatus.Queued))
        {
            HoldBack(twin, runId);
        }
    }

    public AttemptDirective Renew(string runId, int attempt, TimeSpan now)
    {
        if (HolderOf(runId) != attempt)
        {
            return AttemptDirective.Abandon;
        }

        _leases[runId] = (attempt, now, true);
        return LeaseDirective.Of(Runs[runId].Status, Sweeps[SweepOf(runId)], isHeld: Runs[runId].Held is not null);
    }

    public void End(string runId, int attempt, AttemptOutcome outcome, FailureKind? failure)
    {
        if (!_open.Remove((runId, attempt)))
        {
            return;
        }

        _leases.Remove(runId);
        if (Runs[runId].End(attempt, outcome, failure) is { } next)
        {
            Runs[runId] = next;
            LetOthersKnow(runId);
        }

        Refresh(SweepOf(runId));
    }

    public void CheckLeases(TimeSpan now)
    {
        foreach ((string runId, (int attempt, _, bool wasRenewed)) in _leases.Where(held => now - held.Value.RenewedAt > lease).ToArray())
        {
            int pardoned = _pardoned.GetValueOrDefault(runId);
            bool isPardoned = !wasRenewed && pardoned < LostLeases.MostPardoned;
            _pardoned[runId] = isPardoned ? pardoned + 1 : pardoned;
            End(runId, attempt, isPardoned ? AttemptOutcome.HandedBack : AttemptOutcome.Lost, FailureKind.Lost);
        }
    }

    public void Restart(TimeSpan now)
    {
        foreach ((string runId, (int attempt, _, _)) in _leases.ToArray())
        {
            _leases[runId] = (attempt, now, false);
        }
    }

    /// <returns>False when it is not allowed.</returns>
    public bool TryCancelRun(string runId)
    {
        bool isAllowed = TryMove(runId, Runs[runId].After(RunCause.Cancelled));
        if (isAllowed)
        {
            WaitsFor.Remove(runId);
            Release(id => WaitsFor[id] == runId);
        }

        return isAllowed;
    }

    /// <returns>False when it is not allowed.</returns>
    public bool TryRetryRun(string runId, int maxAttempts)
    {
        Retried.Add(runId);
        bool isAllowed = TryMove(runId, Runs[runId].Retry(maxAttempts));
        if (isAllowed)
        {
            Settle(runId);
        }

        return isAllowed;
    }

    /// <returns>False when it is not allowed.</returns>
    public bool TryDeleteRun(string runId)
    {
        bool isAllowed = RunTransitions.HasEnded(Runs[runId].Status) && !_open.Any(attempt => attempt.RunId == runId) && !ReusedFrom.ContainsValue(runId);
        if (isAllowed)
        {
            Runs.Remove(runId);
            ReusedFrom.Remove(runId);
            Refresh(SweepOf(runId));
        }

        return isAllowed;
    }

    /// <returns>False when it is not allowed.</returns>
    public bool TryRetryFailed(string sweepId, int maxAttempts)
    {
        string[] failed = [.. Runs.Keys.Where(id => SweepOf(id) == sweepId && Runs[id].Status == RunStatus.Failed)];
        return failed.Length > 0 && Array.TrueForAll(failed, id => TryRetryRun(id, maxAttempts));
    }

    /// <returns>False when it is not allowed.</returns>
    public bool TryChange(string sweepId, SweepStatus to)
    {
        bool isAllowed = to switch
        {
            SweepStatus.Paused => Sweeps[sweepId] == SweepStatus.Running,
            SweepStatus.Running => Sweeps[sweepId] == SweepStatus.Paused,
            _ => SweepStatusUpdater.IsOpen(Sweeps[sweepId]),
        };
        if (isAllowed)
        {
            Sweeps[sweepId] = to;
            Release(id => SweepOf(WaitsFor[id]) == sweepId
                && (to == SweepStatus.Cancelled || (to == SweepStatus.Paused && Runs[WaitsFor[id]].Status == RunStatus.Queued)));
            foreach (string id in Runs.Keys.Where(id => to == SweepStatus.Cancelled && SweepOf(id) == sweepId).ToArray())
            {
                Runs[id] = Runs[id].After(RunCause.Cancelled) ?? Runs[id];
                WaitsFor.Remove(id);
            }
        }

        return isAllowed;
    }

    /// <summary>A worker was set aside: crashes that it caused do not count against a run.</summary>
    public void Pardon(string runId, FailureKind? failure, int crashes, int maxAttempts)
    {
        bool hadFailed = Runs[runId].Status == RunStatus.Failed;
        if (Sweeps[SweepOf(runId)] != SweepStatus.Cancelled
            && TryMove(runId, Runs[runId].Pardon(failure, Math.Min(Runs[runId].TriesLeft + crashes, maxAttempts)))
            && hadFailed)
        {
            Settle(runId);
        }
    }

    private bool TryMove(string runId, RunState? next)
    {
        Runs[runId] = next ?? Runs[runId];
        Refresh(SweepOf(runId));
        return next is not null;
    }

    private void Refresh(string sweepId)
    {
        RunStatus[] runs = [.. Runs.Where(run => SweepOf(run.Key) == sweepId).Select(run => run.Value.Status)];
        Sweeps[sweepId] = SweepStatusUpdater.StatusOf(
            Sweeps[sweepId],
            runs.Length > 0,
            runs.Any(status => !RunTransitions.HasEnded(status)),
            runs.Contains(RunStatus.Failed),
            runs.Contains(RunStatus.Cancelled));
    }
}
