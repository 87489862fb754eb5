using System.Diagnostics;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs;
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
    TimeProvider time,
    ILogger<SweepLauncher> logger)
{
    /// <exception cref="ApiException">The sweep cannot run.</exception>
    public async Task<SweepPreview> PreviewAsync(SweepSpec spec, CancellationToken cancellationToken)
    {
        SweepPlan plan = await planner.PlanAsync(GridSearchState.Initial, new SearchEvent.Launched(spec), cancellationToken);
        int reused = plan.Runs.Count(run => run.Reused is not null);
        return new SweepPreview(plan.Runs.Count + plan.Search.Duplicates, plan.Search.Duplicates, reused, plan.Runs.Count);
    }

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
    /// <exception cref="ApiException">The sweep cannot run.</exception>
    public async Task<string> LaunchAsync(SweepSpec spec, CancellationToken cancellationToken)
    {
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

    /// <summary>Adds values to axes; the sweep goes on if it had ended.</summary>
    /// <exception cref="ApiException">There is no such sweep, it was cancelled, or it cannot run with these values.</exception>
    public async Task ExtendAsync(string id, IReadOnlyList<GridAxis> grid, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(
            async unit =>
            {
                Sweep sweep = await unit.Db.Sweeps.FindAsync([id], unit.CancellationToken) ?? throw ApiException.NotFound("sweep", id);
                if (sweep.Status == SweepStatus.Cancelled)
                {
                    throw ApiException.Conflict($"sweep {id} is cancelled; only sweeps that are not cancelled can be extended");
                }

                var state = GridSearchState.FromJson(sweep.SearchState, SpecJson.Read(sweep.Spec));
                SweepPlan plan = await planner.PlanAsync(state, new SearchEvent.Extended(grid), unit.CancellationToken);
                sweep.Spec = SpecJson.Write(plan.Spec);
                sweep.SearchState = plan.Search.ToJson();
                await AddRunsAsync(unit, sweep, plan);
                logger.LogInformation("Sweep {SweepId} extended by {Runs} runs", id, plan.Runs.Count);
            },
            cancellationToken);
        tickets.Wanted();
    }

    private async Task AddRunsAsync(StateWrite unit, Sweep sweep, SweepPlan plan)
    {
        DateTimeOffset now = time.GetUtcNow();
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
        ObjectiveMetric = spec.Objective.Metric,
        ObjectiveGoal = spec.Objective.Goal,
        Tags = [.. spec.Tags],
        SearchState = plan.Search.ToJson(),
        LaunchTrace = Activity.Current?.Id,
    };
}
