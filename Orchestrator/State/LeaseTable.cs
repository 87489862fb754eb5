using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.State;

/// <summary>A worker's right to a run.</summary>
/// <param name="Directive">The directive in the reply to the worker's next heartbeat.</param>
/// <param name="RenewedAt">A timestamp of the monotonic clock: setting the wall clock ends no lease.</param>
/// <param name="WasRenewed">False until the worker has renewed the lease since this process started.</param>
/// <param name="TokenId">The token with which the worker claimed the run; null where workers need none.</param>
public sealed record Lease(
    string RunId, string SweepId, int Attempt, string WorkerId, AttemptDirective Directive, long RenewedAt, bool WasRenewed = false, string? TokenId = null);

/// <summary>
/// All leases, at most one per run. The database says which attempts hold one (those without an end). Renewals are kept only in
/// memory, so that heartbeats write nothing. After a restart each lease starts again, which gives workers time to report.
/// </summary>
public sealed class LeaseTable(IDbContextFactory<StateContext> contexts, TimeProvider time) : IRestoredAtStart
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lease> _byRun = [];

    public void Grant(string runId, string sweepId, int attempt, string workerId, string? tokenId = null)
    {
        lock (_lock)
        {
            _byRun[runId] = new Lease(runId, sweepId, attempt, workerId, AttemptDirective.Continue, time.GetTimestamp(), TokenId: tokenId);
        }
    }

    /// <summary>Renews the lease if this attempt holds it, and returns what the attempt should do next.</summary>
    public AttemptDirective Renew(string runId, int attempt, string workerId)
    {
        lock (_lock)
        {
            if (!_byRun.TryGetValue(runId, out Lease? lease) || lease.Attempt != attempt || lease.WorkerId != workerId)
            {
                return AttemptDirective.Abandon;
            }

            _byRun[runId] = lease with { RenewedAt = time.GetTimestamp(), WasRenewed = true };
            return lease.Directive;
        }
    }

    /// <summary>Whether that attempt on that worker holds the lease of the run.</summary>
    public bool IsHeldBy(string runId, int attempt, string workerId) =>
        Find(runId) is { } lease && lease.Attempt == attempt && lease.WorkerId == workerId;

    /// <summary>Whether that attempt on that worker holds the lease of the run, and claimed it with this token.</summary>
    public bool IsHeldBy(string runId, int attempt, string workerId, string? tokenId) =>
        Find(runId) is { } lease && lease.Attempt == attempt && lease.WorkerId == workerId && lease.TokenId == tokenId;

    /// <summary>Whether the lease has not been renewed, released or granted again since it was read.</summary>
    public bool IsSilentSince(Lease found) =>
        Find(found.RunId) is { } lease && lease.Attempt == found.Attempt && lease.RenewedAt == found.RenewedAt;

    /// <summary>The lease of a run; null when no attempt holds one.</summary>
    internal Lease? Find(string runId)
    {
        lock (_lock)
        {
            return _byRun.GetValueOrDefault(runId);
        }
    }

    /// <summary>Changes the directive to the holder of a run's lease.</summary>
    /// <returns>The lease, or null when no attempt holds one.</returns>
    public Lease? Direct(string runId, AttemptDirective directive)
    {
        lock (_lock)
        {
            return _byRun.TryGetValue(runId, out Lease? lease) ? _byRun[runId] = lease with { Directive = directive } : null;
        }
    }

    /// <summary>Changes the directive to the holders of all leases of a sweep, except those whose run was cancelled.</summary>
    public IReadOnlyList<Lease> DirectSweep(string sweepId, AttemptDirective directive)
    {
        lock (_lock)
        {
            Lease[] changed =
            [
                .. _byRun.Values
                    .Where(lease => lease.SweepId == sweepId && lease.Directive != AttemptDirective.Cancel)
                    .Select(lease => lease with { Directive = directive }),
            ];
            foreach (Lease lease in changed)
            {
                _byRun[lease.RunId] = lease;
            }

            return changed;
        }
    }

    /// <summary>Ends the lease of an attempt; that of another attempt of the same run stays.</summary>
    public void Release(string runId, int attempt)
    {
        lock (_lock)
        {
            if (_byRun.TryGetValue(runId, out Lease? lease) && lease.Attempt == attempt)
            {
                _byRun.Remove(runId);
            }
        }
    }

    public IReadOnlyCollection<Lease> All()
    {
        lock (_lock)
        {
            return [.. _byRun.Values];
        }
    }

    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await (
            from attempt in db.Attempts.AsNoTracking()
            where attempt.EndedAt == null
            join run in db.Runs on attempt.RunId equals run.Id
            where run.Attempt == attempt.Number
            join sweep in db.Sweeps on run.SweepId equals sweep.Id
            select new { run.Id, run.SweepId, attempt.Number, attempt.WorkerId, attempt.TokenId, Run = run.Status, Sweep = sweep.Status, IsHeld = run.Held != null })
            .ToListAsync(cancellationToken);
        foreach (var holder in open)
        {
            Grant(holder.Id, holder.SweepId, holder.Number, holder.WorkerId, holder.TokenId);
            Direct(holder.Id, LeaseDirective.Of(holder.Run, holder.Sweep, holder.IsHeld));
        }
    }
}
