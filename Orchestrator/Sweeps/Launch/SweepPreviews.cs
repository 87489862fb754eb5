using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Estimates;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Sweeps.Planning;
using Experiments.Orchestrator.Workers;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>Describes what launching or extending a sweep would do, and stores nothing.</summary>
public sealed class SweepPreviews(SweepPlanner planner, EpochTimes times, WorkerTable workers, IDbContextFactory<StateContext> contexts)
{
    /// <exception cref="ApiException">The sweep cannot run.</exception>
    public async Task<SweepPreview> PreviewAsync(SweepSpec spec, CancellationToken cancellationToken)
    {
        SweepPlan plan = await planner.PlanAsync(SearchState.Initial, new SearchEvent.Launched(spec), cancellationToken);
        IReadOnlyList<PlannedRun> runs = await FindReuseAsync(plan, cancellationToken);
        var tree = new StageTree([.. runs.Where(run => run.Reused is null)]);
        Hyperparameters[] wanted = Trained(runs, tree);
        int toCome = SearchMethods.CountToCome(plan.Search);
        int cells = runs.Count + toCome + plan.Search.Duplicates;
        return new SweepPreview(cells, plan.Search.Duplicates, runs.Count - wanted.Length, runs.Count + toCome)
        {
            ToCome = toCome,
            UnderWay = runs.Count(run => run.IsUnderWay),
            Excluded = (int)(GridExpansion.CountCells(spec with { Exclude = [] }) - GridExpansion.CountCells(spec)),
            Warnings = plan.Warnings,
            Stages = PlannedEpochs.Of(spec, [.. runs.Select(run => run.Hyperparameters)], tree, toCome),
            Estimate = await EstimateAsync(spec, WithLater(wanted, toCome), cancellationToken),
        };
    }

    /// <summary>The runs that need training, each with the epochs that it trains itself.</summary>
    private static Hyperparameters[] Trained(IReadOnlyList<PlannedRun> runs, StageTree tree) =>
        [.. runs.Where(run => run.Reused is null).Zip(tree.Trained, (run, epochs) => run.Hyperparameters with { Epochs = epochs })];

    /// <summary>The configurations of runs that are proposed later are unknown: they are taken to be like the first ones.</summary>
    private static Hyperparameters[] WithLater(Hyperparameters[] wanted, int toCome) =>
        wanted.Length == 0 ? wanted : [.. wanted, .. Enumerable.Range(0, toCome).Select(index => wanted[index % wanted.Length])];

    /// <summary>The effect that adding values to axes, or adding grids, would have.</summary>
    /// <exception cref="ApiException">There is no such sweep, it was cancelled, or it cannot run with these values.</exception>
    public async Task<SweepPreview> PreviewExtensionAsync(string id, GridExtension grid, CancellationToken cancellationToken)
    {
        SearchState before = ExtendableSweep.ReadSearch(await ReadAsync(id, cancellationToken));
        SweepPlan plan = await planner.PlanAsync(before, new SearchEvent.Extended(grid), cancellationToken);
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<PlannedRun> runs = await PlannedReuse.ApplyAsync(db, plan, cancellationToken);
        Hyperparameters[] wanted = Trained(runs, new StageTree([.. runs.Where(run => run.Reused is null)]));
        int duplicates = plan.Search.Duplicates - before.Duplicates + (int)GridUnion.CountRepeated(before.Spec!, grid);
        int toCome = SearchMethods.CountToCome(plan.Search) - SearchMethods.CountToCome(before);
        int added = runs.Count + toCome;
        return new SweepPreview(added + duplicates, duplicates, runs.Count - wanted.Length, added)
        {
            ToCome = toCome,
            UnderWay = runs.Count(run => run.IsUnderWay),
            Estimate = await EstimateAsync(plan.Spec, WithLater(wanted, Math.Max(0, toCome)), cancellationToken),
            Warnings = ExtensionWarnings.Of(before.Spec!, plan, await IdleExtension.FindAsync(db, id, before.Spec!, plan, cancellationToken), runs),
        };
    }

    private async Task<Sweep> ReadAsync(string id, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ExtendableSweep.FindAsync(db, id, cancellationToken);
    }

    private async Task<IReadOnlyList<PlannedRun>> FindReuseAsync(SweepPlan plan, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return await PlannedReuse.ApplyAsync(db, plan, cancellationToken);
    }

    private async Task<SweepEstimate> EstimateAsync(SweepSpec spec, Hyperparameters[] wanted, CancellationToken cancellationToken)
    {
        IReadOnlyList<EpochTime> measured = wanted.Length == 0 ? [] : await times.OfAsync(spec.Dataset, cancellationToken);
        IReadOnlyList<WorkerStatus> ready = workers.Ready();
        return SweepEstimator.Estimate(
            wanted,
            measured,
            Name(spec.Dataset),
            Math.Min(ready.Count, spec.MaxConcurrency ?? ready.Count),
            [.. ready.Select(worker => worker.DeviceKind).Distinct()]);
    }

    /// <summary>The name of the images for users. Runs on more or fewer images are measured separately.</summary>
    private static string Name(DatasetSpec dataset)
    {
        string name = dataset.Path is null ? dataset.Name : $"{dataset.Name} {dataset.Path}";
        return dataset.Limit is { } limit ? string.Create(CultureInfo.InvariantCulture, $"{limit} images of {name}") : name;
    }
}
