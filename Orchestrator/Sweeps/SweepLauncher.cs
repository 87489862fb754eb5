using System.Diagnostics;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Tickets;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps;

/// <summary>Launches and extends sweeps: everything is stored in one transaction, then the dispatcher sends the tickets.</summary>
public sealed class SweepLauncher(
    SweepPlanner planner,
    IDbContextFactory<StateContext> contexts,
    StateWriter writer,
    TicketSignal tickets,
    SpaceBudget space,
    TimeProvider time,
    ILogger<SweepLauncher> logger)
{
    /// <returns>The id of the newest sweep with the same content that has not ended, or null.</returns>
    public async Task<string?> FindUnfinishedAsync(SweepSpec spec, CancellationToken cancellationToken)
    {
        string json = SpecJson.Write(spec);
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Sweeps
            .Where(sweep => sweep.Spec == json && (sweep.Status == SweepStatus.Running || sweep.Status == SweepStatus.Paused))
            .OrderByDescending(sweep => sweep.CreatedAt)
            .Select(sweep => sweep.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <returns>The id of the new sweep.</returns>
    /// <exception cref="ApiException">The sweep cannot run, or there is no room for what its runs leave.</exception>
    public async Task<string> LaunchAsync(SweepSpec spec, CancellationToken cancellationToken)
    {
        space.RequireRoom();
        SweepPlan plan = await planner.PlanAsync(GridSearchState.Initial, new SearchEvent.Launched(spec), cancellationToken);
        Sweep sweep = NewSweep(spec, plan, time.GetUtcNow());
        await writer.WriteAsync(
            async unit =>
            {
                unit.Db.Sweeps.Add(sweep);
                await AddRunsAsync(unit, sweep, plan);
            },
            cancellationToken);
        tickets.Wanted();
        logger.LogInformation(
            "Sweep {SweepId} \"{Name}\" launched with {Runs} runs, {Reused} of them reused",
            sweep.Id, sweep.Name, plan.Runs.Count, plan.Runs.Count(run => run.Reused is not null));
        return sweep.Id;
    }

    /// <summary>Adds values to axes, or grids; the sweep goes on if it had ended.</summary>
    /// <exception cref="ApiException">There is no such sweep, it was cancelled, it cannot run with these values, or there is no room.</exception>
    /// <returns>What of the new runs is allowed, but probably not meant.</returns>
    public async Task<IReadOnlyList<SweepWarning>> ExtendAsync(string id, GridExtension grid, CancellationToken cancellationToken)
    {
        space.RequireRoom();
        SweepPlan? plan;
        do
        {
            plan = await TryExtendAsync(id, grid, cancellationToken);
        }
        while (plan is null);

        tickets.Wanted();
        return plan.Warnings;
    }

    /// <summary>Planned before it is written: looking at a large data set takes long, and nobody could claim or report a run meanwhile.</summary>
    /// <returns>What was done; null when another request has extended it meanwhile.</returns>
    private async Task<SweepPlan?> TryExtendAsync(string id, GridExtension grid, CancellationToken cancellationToken)
    {
        Sweep known = await ReadAsync(id, cancellationToken);
        RequireExtendable(known);
        var state = GridSearchState.FromJson(known.SearchState, SpecJson.Read(known.Spec));
        SweepPlan plan = await planner.PlanAsync(state, new SearchEvent.Extended(grid), cancellationToken);
        bool isExtended = await writer.WriteAsync(
            async unit =>
            {
                Sweep sweep = await unit.Db.Sweeps.FindAsync([id], unit.CancellationToken) ?? throw ApiException.NotFound("sweep", id);
                RequireExtendable(sweep);
                if (sweep.Spec != known.Spec || sweep.SearchState != known.SearchState)
                {
                    return false;
                }

                sweep.Spec = SpecJson.Write(plan.Spec);
                sweep.SearchState = plan.Search.ToJson();
                await AddRunsAsync(unit, sweep, plan);
                logger.LogInformation("Sweep {SweepId} extended by {Runs} runs", id, plan.Runs.Count);
                return true;
            },
            cancellationToken);
        return isExtended ? plan : null;
    }

    private async Task<Sweep> ReadAsync(string id, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Sweeps.AsNoTracking().SingleOrDefaultAsync(sweep => sweep.Id == id, cancellationToken) ?? throw ApiException.NotFound("sweep", id);
    }

    private static void RequireExtendable(Sweep sweep)
    {
        if (sweep.Status == SweepStatus.Cancelled)
        {
            throw ApiException.Conflict($"sweep {sweep.Id} is cancelled; only sweeps that are not cancelled can be extended");
        }
    }

    private async Task AddRunsAsync(StateWrite unit, Sweep sweep, SweepPlan plan)
    {
        DateTimeOffset now = time.GetUtcNow();
        await ReferencedRuns.RequireAsync(unit.Db, plan.Runs, unit.CancellationToken);
        await RunInserter.InsertAsync(unit, sweep, plan.Spec.Dataset, plan.Runs, now);
        await SweepProgress.RefreshAsync(unit, sweep.Id, now);
    }

    private static Sweep NewSweep(SweepSpec spec, SweepPlan plan, DateTimeOffset now) => new()
    {
        Id = EntityId.New(now),
        Name = spec.Name,
        Status = SweepStatus.Running,
        CreatedAt = now,
        Spec = SpecJson.Write(spec),
        Priority = spec.Priority,
        MaxAttempts = spec.MaxAttempts,
        MaxConcurrency = spec.MaxConcurrency,
        ObjectiveMetric = spec.Objective.Metric,
        ObjectiveGoal = spec.Objective.Goal,
        Tags = [.. spec.Tags],
        SearchState = plan.Search.ToJson(),
        LaunchTrace = Activity.Current?.Id,
    };
}
