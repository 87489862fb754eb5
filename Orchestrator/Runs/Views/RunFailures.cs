using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Filters;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Says why runs of a sweep failed.</summary>
public sealed class RunFailures(IDbContextFactory<StateContext> contexts)
{
    /// <exception cref="ApiException">There is no such sweep.</exception>
    public async Task<SweepFailures> ReadAsync(string sweepId, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await RunQueryReader.RequireSweepAsync(db, sweepId, cancellationToken);
        List<FailedRunRow> runs = await db.Runs
            .Where(run => run.SweepId == sweepId && run.Status == RunStatus.Failed)
            .OrderBy(run => run.Cell)
            .Select(run => new FailedRunRow(run.Id, run.Cell, run.FailureKind ?? FailureKind.Crash, run.FailureMessage ?? ""))
            .ToListAsync(cancellationToken);
        return FailureTally.Of(runs);
    }
}
