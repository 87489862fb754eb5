using Experiments.Contracts.Grids;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Datasets;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Sweeps.Launch;
using Experiments.ServiceDefaults.Datasets;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>A run that a sweep should get.</summary>
public sealed record PlannedRun(int Cell, Hyperparameters Hyperparameters, string Key)
{
    /// <summary>The files that <see cref="Key"/> stands for.</summary>
    public required RunInputs Inputs { get; init; }

    /// <summary>The completed run of the same key whose result it takes over.</summary>
    public Run? Reused { get; init; }

    /// <summary>Whether an equal run of another sweep has yet to end: one of the two is trained.</summary>
    public bool IsUnderWay { get; init; }

    /// <summary>The equal run that is trained now, see <see cref="Run.WaitsFor"/>.</summary>
    public string? WaitsFor { get; init; }
}

/// <summary>What a launch or an extension would do. What its runs share with others is not looked up yet, see <see cref="PlannedReuse"/>.</summary>
public sealed record SweepPlan(SweepSpec Spec, GridSearchState Search, IReadOnlyList<PlannedRun> Runs)
{
    /// <summary>The cells of the new runs, ascending by number.</summary>
    public required IReadOnlyList<GridCell> Cells { get; init; }

    /// <summary>What of a launch is allowed, but probably not meant; none of an extension, see <see cref="ExtensionWarnings"/>.</summary>
    public IReadOnlyList<SweepWarning> Warnings { get; init; } = [];
}

/// <summary>Turns a sweep into the runs it needs, or says why it cannot run. Stores nothing.</summary>
public sealed class SweepPlanner(DatasetProbe datasets, PretrainedCheck pretrained, TeacherCheck teachers)
{
    /// <exception cref="ApiException">The sweep cannot run.</exception>
    public async Task<SweepPlan> PlanAsync(GridSearchState state, SearchEvent @event, CancellationToken cancellationToken)
    {
        SearchStep<GridSearchState> step = GridSearch.Instance.Apply(state, @event);
        SweepSpec spec = step.State.Spec ?? (@event as SearchEvent.Launched)?.Spec ?? throw new InvalidOperationException("a search without a sweep");
        var errors = step.Errors.ToDictionary();
        DatasetLook look = datasets.Look(spec.Dataset, cancellationToken);
        if (look.Problem is { } problem)
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
            : new SweepPlan(spec, step.State, PlanRuns(spec, created, look, cancellationToken))
            {
                Cells = [.. created.Select(run => new GridCell(run.Cell, run.Hyperparameters) { Grid = run.Grid })],
                Warnings = @event is SearchEvent.Launched ? [.. look.Warnings, .. DatasetDoubts.Find(spec.Dataset, look.ClassFolders), .. SweepWarnings.Of(spec)] : [],
            };
    }

    private static PlannedRun[] PlanRuns(SweepSpec spec, SearchAction.CreateRun[] created, DatasetLook look, CancellationToken cancellationToken)
    {
        (string fingerprint, SeenFiles? data) = Identify(spec.Dataset, look, cancellationToken);
        // Looked at once each: all runs of a plan see the same file.
        var weights = created.Select(run => run.Hyperparameters.Pretrained).Distinct().ToDictionary(source => source, WeightsOf);
        return
        [
            .. created.Select(run => new PlannedRun(
                run.Cell,
                run.Hyperparameters,
                RunKey.Of(run.Hyperparameters, spec.Dataset, spec.Objective, fingerprint, weights[run.Hyperparameters.Pretrained].Fingerprint))
            {
                Inputs = new RunInputs(data, weights[run.Hyperparameters.Pretrained].Seen),
            }),
        ];
    }

    private static (string Fingerprint, SeenFiles? Seen) WeightsOf(string pretrained)
    {
        try
        {
            return WeightFingerprint.Of(pretrained);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ApiException.CannotRun(new Dictionary<string, string[]>
            {
                ["pretrained"] = [$"\"{pretrained}\" cannot be read: {exception.Message}"],
            });
        }
    }

    private static (string Fingerprint, SeenFiles? Seen) Identify(DatasetSpec dataset, DatasetLook look, CancellationToken cancellationToken)
    {
        try
        {
            return DatasetProbe.Identify(dataset, cancellationToken, look.ClassFolders);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ImageFolderException)
        {
            throw ApiException.CannotRun(new Dictionary<string, string[]>
            {
                ["dataset.path"] = [$"\"{dataset.Path}\" cannot be read: {exception.Message}"],
            });
        }
    }
}
