using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.Storage;
using Experiments.ServiceDefaults.Datasets;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps;

/// <summary>A run that a sweep should get.</summary>
/// <param name="Reused">The completed run of the same key whose result it takes over.</param>
public sealed record PlannedRun(int Cell, Hyperparameters Hyperparameters, string Key, Run? Reused);

/// <summary>What a launch or an extension would do.</summary>
public sealed record SweepPlan(SweepSpec Spec, GridSearchState Search, IReadOnlyList<PlannedRun> Runs)
{
    /// <summary>What of the new runs is allowed, but probably not meant.</summary>
    public IReadOnlyList<SweepWarning> Warnings { get; init; } = [];
}

/// <summary>Turns a sweep into the runs it needs, or says why it cannot run. Stores nothing.</summary>
public sealed class SweepPlanner(DatasetFolder datasets, PretrainedCheck pretrained, TeacherCheck teachers, IDbContextFactory<StateContext> contexts)
{
    /// <exception cref="ApiException">The sweep cannot run.</exception>
    public async Task<SweepPlan> PlanAsync(GridSearchState state, SearchEvent @event, CancellationToken cancellationToken)
    {
        SearchStep<GridSearchState> step = GridSearch.Instance.Apply(state, @event);
        SweepSpec spec = step.State.Spec ?? (@event as SearchEvent.Launched)?.Spec ?? throw new InvalidOperationException("a search without a sweep");
        var errors = step.Errors.ToDictionary();
        if (datasets.WhyUnusable(spec.Dataset, cancellationToken) is { } problem)
        {
            errors["dataset.path"] = [problem];
        }

        SearchAction.CreateRun[] created = [.. step.Actions.OfType<SearchAction.CreateRun>()];
        if (await pretrained.WhyUnusableAsync(created.Select(run => run.Hyperparameters), cancellationToken) is { } weights)
        {
            errors["pretrained"] = [weights];
        }

        if (await teachers.WhyUnusableAsync(created.Select(run => run.Hyperparameters), cancellationToken) is { } teacher)
        {
            errors["teacher"] = [teacher];
        }

        return errors.Count > 0
            ? throw ApiException.CannotRun(errors)
            : new SweepPlan(spec, step.State, await PlanRunsAsync(spec, created, cancellationToken))
            {
                Warnings = SweepWarnings.Of(spec, [.. created.Select(run => new GridCell(run.Cell, run.Hyperparameters) { Grid = run.Grid })]),
            };
    }

    private async Task<IReadOnlyList<PlannedRun>> PlanRunsAsync(
        SweepSpec spec, SearchAction.CreateRun[] created, CancellationToken cancellationToken)
    {
        string fingerprint = Fingerprint(spec.Dataset, cancellationToken);
        string[] keys = [.. created.Select(run => RunKey.Of(run.Hyperparameters, spec.Dataset, spec.Objective, fingerprint))];
        Dictionary<string, Run> completed = spec.Reuse ? await CompletedAsync(keys, cancellationToken) : [];
        return [.. created.Select((run, i) => new PlannedRun(run.Cell, run.Hyperparameters, keys[i], completed.GetValueOrDefault(keys[i])))];
    }

    private static string Fingerprint(DatasetSpec dataset, CancellationToken cancellationToken)
    {
        try
        {
            return DatasetFolder.FingerprintOf(dataset, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ImageFolderException)
        {
            throw ApiException.CannotRun(new Dictionary<string, string[]>
            {
                ["dataset.path"] = [$"\"{dataset.Path}\" cannot be read: {exception.Message}"],
            });
        }
    }

    private async Task<Dictionary<string, Run>> CompletedAsync(string[] keys, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var byKey = new Dictionary<string, Run>();
        foreach (string[] some in keys.Chunk(5000))
        {
            IQueryable<Run> found = db.Runs.AsNoTracking()
                .Where(run => run.Status == Contracts.Runs.RunStatus.Completed && some.Contains(run.Key));
            await foreach (Run run in found.AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                byKey.TryAdd(run.Key, run);
            }
        }

        return byKey;
    }
}
