using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Workers;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>
/// Replaces <c>precision: auto</c>: bfloat16 for a model that every ready worker trains faster in it, otherwise float32. The choice is stored with the
/// run, so that every attempt, on whichever worker, computes the same.
/// </summary>
public sealed class PrecisionChoice(WorkerTable workers, TimeProvider time)
{
    private const string Hyperparameter = "precision";

    /// <summary>How long a launch waits for workers that have just started and still measure.</summary>
    private static readonly TimeSpan MeasurementTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until all ready workers have measured, if the sweep has cells with <c>auto</c>; not forever.</summary>
    public async Task WaitForMeasurementsAsync(SweepSpec spec, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (IsAuto(spec) && Missing(workers.Ready()) is not null && time.GetElapsedTime(start) < MeasurementTimeout)
        {
            await Task.Delay(CheckInterval, time, cancellationToken);
        }
    }

    /// <summary>The cells of a plan with the precision that they are trained in, in the same order: equal models get the same one.</summary>
    public IReadOnlyList<Hyperparameters> Resolve(IEnumerable<Hyperparameters> cells)
    {
        IReadOnlyList<WorkerStatus> ready = workers.Ready();
        return [.. cells.Select(cell => cell.Precision == Precision.Auto
            ? cell with { Precision = IsFaster(cell.Model, ready) ? Precision.BFloat16 : Precision.Float32 }
            : cell)];
    }

    /// <summary>Tells for which models <c>auto</c> means float32, and why.</summary>
    /// <param name="cells">Before <see cref="Resolve"/>.</param>
    public IEnumerable<SweepWarning> Explain(SweepSpec spec, IEnumerable<GridCell> cells)
    {
        IReadOnlyList<WorkerStatus> ready = workers.Ready();
        string reason = Missing(ready) ?? "not every worker trains it at least 1.15 times as fast in bfloat16";
        return SweepWarnings.About(
            Hyperparameter,
            spec,
            cells.Where(cell => cell.Hyperparameters.Precision == Precision.Auto && !IsFaster(cell.Hyperparameters.Model, ready)),
            cell => $"auto means float32 for {cell.Hyperparameters.Model}: {(IsCandidate(cell.Hyperparameters.Model) ? reason : "its accuracy in bfloat16 was not compared with float32")}");
    }

    private static bool IsAuto(SweepSpec spec) =>
        spec.Base.Any(assignment => assignment.Hyperparameter.Name == Hyperparameter && Equals(assignment.Value, "auto"))
        || spec.Grids.Any(grid => grid.Axes.Any(axis => axis.Hyperparameter.Name == Hyperparameter && axis.Values.Contains("auto")))
        || spec.Space.OfType<ChoiceAxis>().Any(axis => axis.Hyperparameter.Name == Hyperparameter && axis.Values.Contains("auto"));

    private static bool IsCandidate(string model) => ModelCatalog.FindArchitecture(model)?.IsAccurateInBFloat16 == true;

    private static bool IsFaster(string model, IReadOnlyList<WorkerStatus> ready) =>
        ready.Count > 0 && ready.All(worker => worker.FasterInBFloat16?.Contains(model) == true);

    /// <summary>What is not known yet; null when every ready worker has measured.</summary>
    private static string? Missing(IReadOnlyList<WorkerStatus> ready) => ready switch
    {
        [] => "no worker is connected",
        _ when ready.FirstOrDefault(worker => worker.FasterInBFloat16 is null) is { } worker => $"worker {worker.Id} has not measured it yet",
        _ => null,
    };
}
