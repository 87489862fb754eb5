using System.Diagnostics;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Inputs;
using Experiments.Orchestrator.Runs.Rungs;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Sweeps.Planning;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>Launches and extends sweeps: everything is stored in one transaction, then the dispatcher sends the tickets.</summary>
public sealed class SweepLauncher(
    SweepPlanner planner,
    PrecisionChoice precisions,
    IDbContextFactory<StateContext> contexts,
    StateWriter writer,
    TicketQueue tickets,
    SpaceBudget space,
    InputReader inputs,
    TimeProvider time,
    ILogger<SweepLauncher> logger)
{
    /// <param name="mayContinue">Whether an unfinished sweep with the same content may be continued. Of several concurrent requests, one launches the
    /// sweep.</param>
    /// <returns>The id of the sweep, whether it is new, and warnings.</returns>
    /// <exception cref="ApiException">The sweep cannot run, or there is no space for its artifacts.</exception>
    public async Task<LaunchedSweep> LaunchAsync(SweepSpec spec, bool mayContinue, CancellationToken cancellationToken)
    {
        DateTimeOffset asked = time.GetUtcNow();

        // Before planning: continuing a sweep needs neither space nor an inspection of the data set.
        if (mayContinue && await FindUnfinishedAsync(spec, cancellationToken) is { } known)
        {
            return new LaunchedSweep(known, IsNew: false, SweepWarnings.Of(spec, SweepExpansion.Expand(spec)));
        }

        space.RequireRoom();
        await precisions.WaitForMeasurementsAsync(spec, cancellationToken);
        SweepPlan plan = await planner.PlanAsync(SearchState.Initial, new SearchEvent.Launched(spec), cancellationToken);
        LaunchedSweep launched = await writer.WriteAsync(
            async unit =>
            {
                if (mayContinue && await FindAsync(unit.Db, spec, launchedSince: asked, unit.CancellationToken) is { } other)
                {
                    return new LaunchedSweep(other, IsNew: false, plan.Warnings);
                }

                Sweep sweep = NewSweep(spec, plan, time.GetUtcNow());
                unit.Db.Sweeps.Add(sweep);
                await AddRunsAsync(unit, sweep, plan);
                return new LaunchedSweep(sweep.Id, IsNew: true, plan.Warnings);
            },
            cancellationToken);
        tickets.Wanted();
        ReadInputs(plan);
        return launched;
    }

    /// <summary>Adds values to axes, or grids; a sweep that has ended runs again.</summary>
    /// <exception cref="ApiException">There is no such sweep, it was cancelled, it cannot run with these values, or there is no space.</exception>
    /// <returns>Warnings about the new runs.</returns>
    public async Task<IReadOnlyList<SweepWarning>> ExtendAsync(string id, GridExtension grid, CancellationToken cancellationToken)
    {
        space.RequireRoom();
        IReadOnlyList<SweepWarning>? warnings;
        do
        {
            warnings = await TryExtendAsync(id, grid, cancellationToken);
        }
        while (warnings is null);

        tickets.Wanted();
        return warnings;
    }

    /// <summary>Plans before the write: inspecting a large data set takes long, and would block claims and reports meanwhile.</summary>
    /// <returns>The warnings about what was added; null when another request extended the sweep meanwhile.</returns>
    private async Task<IReadOnlyList<SweepWarning>?> TryExtendAsync(string id, GridExtension grid, CancellationToken cancellationToken)
    {
        Sweep known = await ReadAsync(id, cancellationToken);
        SearchState state = ExtendableSweep.ReadSearch(known);
        await precisions.WaitForMeasurementsAsync(state.Spec!, cancellationToken);
        SweepPlan plan = await planner.PlanAsync(state, new SearchEvent.Extended(grid), cancellationToken);
        IReadOnlyList<GridCell> idle = await FindIdleAsync(id, state.Spec!, plan, cancellationToken);
        IReadOnlyList<SweepWarning>? warnings = await writer.WriteAsync<IReadOnlyList<SweepWarning>?>(
            async unit =>
            {
                Sweep sweep = await unit.Db.Sweeps.FindAsync([id], unit.CancellationToken) ?? throw ApiException.NotFound("sweep", id);
                ExtendableSweep.Require(sweep);
                if (sweep.Spec != known.Spec || sweep.SearchState != known.SearchState)
                {
                    return null;
                }

                sweep.Spec = SpecJson.Write(plan.Spec);
                sweep.SearchState = plan.Search.ToJson();
                sweep.StoppingRule = StoredRule.Write(plan.Spec);
                await RungDecisions.ResumeAsync(unit, sweep);
                IReadOnlyList<PlannedRun> added = await AddRunsAsync(unit, sweep, plan);
                return ExtensionWarnings.Of(state.Spec!, plan, idle, added);
            },
            cancellationToken);
        ReadInputs(plan);
        return warnings;
    }

    private void ReadInputs(SweepPlan plan) => inputs.Want(plan.Spec.Dataset, plan.Runs.Select(run => (run.Inputs, run.Hyperparameters)));

    private async Task<IReadOnlyList<GridCell>> FindIdleAsync(string id, SweepSpec before, SweepPlan plan, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await IdleExtension.FindAsync(db, id, before, plan, cancellationToken);
    }

    private async Task<string?> FindUnfinishedAsync(SweepSpec spec, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, spec, launchedSince: DateTimeOffset.MaxValue, cancellationToken);
    }

    /// <param name="launchedSince">Sweeps of that time or later count even if they have ended: one whose results are all reused ends immediately.</param>
    /// <returns>The id of the newest unfinished sweep with the same content, or null.</returns>
    private static async Task<string?> FindAsync(StateContext db, SweepSpec spec, DateTimeOffset launchedSince, CancellationToken cancellationToken)
    {
        // The order of keys does not change the length, so few other sweeps have to be read.
        var content = new SpecContent(spec);
        var open = await db.Sweeps
            .Where(sweep => sweep.Spec.Length == content.Length && (sweep.Status == SweepStatus.Running || sweep.Status == SweepStatus.Paused || sweep.CreatedAt >= launchedSince))
            .OrderByDescending(sweep => sweep.CreatedAt)
            .Select(sweep => new { sweep.Id, sweep.Spec })
            .ToListAsync(cancellationToken);
        return open.FirstOrDefault(sweep => content.IsThatOf(sweep.Spec))?.Id;
    }

    private async Task<Sweep> ReadAsync(string id, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ExtendableSweep.FindAsync(db, id, cancellationToken);
    }

    private async Task<IReadOnlyList<PlannedRun>> AddRunsAsync(StateWrite unit, Sweep sweep, SweepPlan plan)
    {
        DateTimeOffset now = time.GetUtcNow();
        IReadOnlyList<PlannedRun> runs = await PlannedReuse.ApplyAsync(unit.Db, plan, unit.CancellationToken);
        await ReferencedRuns.RequireAsync(unit.Db, runs, unit.CancellationToken);
        await RunInserter.InsertAsync(unit, sweep, plan.Spec.Dataset, runs, now);
        await SweepStatusUpdater.RefreshAsync(unit, sweep.Id, now);
        logger.LogInformation(
            "Sweep {SweepId} \"{Name}\" got {Runs} runs: {Reused} are reused, {Waiting} wait for equal runs",
            sweep.Id, sweep.Name, runs.Count, runs.Count(run => run.Reused is not null), runs.Count(run => run.WaitsFor is not null));
        return runs;
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
        Reuse = spec.Reuse,
        ObjectiveMetric = spec.Objective.Metric,
        ObjectiveGoal = spec.Objective.Goal,
        Tags = [.. spec.Tags],
        SearchState = plan.Search.ToJson(),
        StoppingRule = StoredRule.Write(spec),
        LaunchTrace = Activity.Current?.Id,
    };
}
