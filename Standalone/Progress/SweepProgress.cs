using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;

namespace Experiments.Standalone.Progress;

/// <summary>How far a sweep has come, at one moment.</summary>
/// <param name="Running">The runs that train now.</param>
/// <param name="JustEnded">Runs that trained a moment before, and ended.</param>
/// <param name="Best">The run with the best objective so far.</param>
/// <param name="Obstacle">Why no run will train until somebody does something about it; null while there is nothing in the way.</param>
/// <param name="Waits">Why no run trains, once that has lasted; null while one does.</param>
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
