using Experiments.Contracts.Configuration;
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

/// <summary>A run that a sweep would get.</summary>
public sealed record PlannedRun(int Cell, Hyperparameters Hyperparameters, string Key)
{
    /// <summary>The input files that <see cref="Key"/> covers.</summary>
    public required RunInputs Inputs { get; init; }

    /// <summary>See <see cref="Run.StageKey"/>.</summary>
    public string? StageKey { get; init; }

    /// <summary>The completed run of the same key whose result it takes over.</summary>
    public Run? Reused { get; init; }

    /// <summary>Whether an equal run of another sweep has not ended yet: only one of the two is trained.</summary>
    public bool IsUnderWay { get; init; }

    /// <summary>The equal run that is being trained, see <see cref="Run.WaitsFor"/>.</summary>
    public string? WaitsFor { get; init; }
}

/// <summary>What a launch or an extension would do. What its runs share with existing ones is not resolved yet, see <see cref="PlannedReuse"/>.</summary>
public sealed record SweepPlan(SweepSpec Spec, SearchState Search, IReadOnlyList<PlannedRun> Runs)
{
    /// <summary>The cells of the new runs as the sweep describes them, in ascending order: <c>precision: auto</c> is resolved only in <see cref="Runs"/>.</summary>
    public required IReadOnlyList<GridCell> Cells { get; init; }

    /// <summary>Warnings about a launch; empty for an extension, see <see cref="ExtensionWarnings"/>.</summary>
    public IReadOnlyList<SweepWarning> Warnings { get; init; } = [];
}

/// <summary>Turns a sweep into the runs it needs, or explains why it cannot run. Stores nothing.</summary>
public sealed class SweepPlanner(DatasetProbe datasets, PretrainedCheck pretrained, TeacherCheck teachers, PrecisionChoice precisions)
{
    /// <exception cref="ApiException">The sweep cannot run.</exception>
    public async Task<SweepPlan> PlanAsync(SearchState state, SearchEvent @event, CancellationToken cancellationToken)
    {
        SearchStep<SearchState> step = SearchMethods.Apply(state, @event);
        SweepSpec spec = step.State.Spec ?? (@event as SearchEvent.Launched)?.Spec ?? throw new InvalidOperationException("a search without a sweep");
        var errors = step.Errors.ToDictionary();
        ProbedDataset probed = datasets.Probe(spec.Dataset, cancellationToken);
        if (probed.Problem is { } problem)
        {
            errors["dataset.path"] = [problem];
        }

        SearchAction.CreateRun[] created = [.. step.Actions.OfType<SearchAction.CreateRun>()];
        Hyperparameters[] settings = [.. created.Select(run => run.Hyperparameters), .. FutureRuns.Of(spec)];
        if (await pretrained.WhyUnusableAsync(settings, cancellationToken) is { } weights)
        {
            errors["pretrained"] = [weights];
        }

        if (await teachers.WhyUnusableAsync(settings, cancellationToken) is { } teacher)
        {
            errors["teacher"] = [teacher];
        }

        GridCell[] cells = [.. created.Select(run => new GridCell(run.Cell, run.Hyperparameters) { Grid = run.Grid })];
        if (errors.Count > 0)
        {
            throw ApiException.CannotRun(errors);
        }

        KeyInputs inputs = ReadInputs(spec, settings, probed, cancellationToken);
        return new SweepPlan(spec, SearchMethods.IsAdaptive(spec) ? step.State with { Inputs = inputs } : step.State, RunKeys.Plan(spec, inputs, created))
        {
            Cells = cells,
            Warnings = @event is SearchEvent.Launched ? Warn(spec, probed, cells) : [],
        };
    }

    private SweepWarning[] Warn(SweepSpec spec, ProbedDataset probed, IReadOnlyList<GridCell> cells) =>
    [
        .. probed.Warnings,
        .. DatasetDoubts.Find(spec.Dataset, probed.ClassFolders),
        .. SweepWarnings.Of(spec, SweepExpansion.Expand(spec)),
        .. precisions.Explain(spec, cells),
    ];

    /// <param name="settings">All configurations that the sweep may have.</param>
    private KeyInputs ReadInputs(SweepSpec spec, IReadOnlyList<Hyperparameters> settings, ProbedDataset probed, CancellationToken cancellationToken)
    {
        (string fingerprint, SeenFiles? data) = Identify(spec.Dataset, probed, cancellationToken);

        // Each file is read once, so that all runs of a plan see the same version.
        var weights = settings.Select(run => run.Pretrained).Distinct().ToDictionary(source => source, WeightsOf);
        var automatic = settings.Where(run => run.Precision == Precision.Auto).DistinctBy(run => run.Model).ToArray();
        return new KeyInputs(
            fingerprint, data, weights, automatic.Zip(precisions.Resolve(automatic)).ToDictionary(pair => pair.First.Model, pair => pair.Second.Precision));
    }

    private static KeyWeights WeightsOf(string pretrained)
    {
        try
        {
            (string fingerprint, SeenFiles? seen) = WeightFingerprint.Of(pretrained);
            return new KeyWeights(fingerprint, seen);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ApiException.CannotRun(new Dictionary<string, string[]>
            {
                ["pretrained"] = [$"\"{pretrained}\" cannot be read: {exception.Message}"],
            });
        }
    }

    private static (string Fingerprint, SeenFiles? Seen) Identify(DatasetSpec dataset, ProbedDataset probed, CancellationToken cancellationToken)
    {
        try
        {
            return DatasetProbe.Identify(dataset, cancellationToken, probed.ClassFolders);
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
