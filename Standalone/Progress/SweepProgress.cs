using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;

namespace Experiments.Standalone.Progress;

/// <summary>The progress of a sweep at one moment.</summary>
/// <param name="Running">The runs that are training.</param>
/// <param name="JustEnded">Runs that ended since the last reading.</param>
/// <param name="Best">The run with the best objective so far.</param>
/// <param name="Obstacle">Why no run will train until a user intervenes; null while there is no obstacle.</param>
/// <param name="Waits">Why no run is training, after a while without any; null while one is.</param>
internal sealed record SweepProgress(
    SweepView Sweep, IReadOnlyList<RunView> Running, IReadOnlyList<RunView> JustEnded, RunView? Best, string? Obstacle = null, string? Waits = null)
{
    public bool Ended => HasEnded(Sweep);

    /// <summary>The name of the objective.</summary>
    public string Metric => Objective.GetProperty("metric").GetString()!;

    public bool Maximize => Objective.GetProperty("goal").GetString() == EnumText.Of(Goal.Maximize);

    public static bool HasEnded(SweepView sweep) => sweep.Status is SweepStatus.Completed or SweepStatus.Failed or SweepStatus.Cancelled;

    private JsonElement Objective => Sweep.Spec.GetProperty("objective");
}
