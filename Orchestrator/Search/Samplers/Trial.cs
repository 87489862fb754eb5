using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>A point that a search tries or has tried.</summary>
/// <param name="Value">
/// How good the point is: larger is better, so callers negate a loss. Null while it is under way and has no value yet. A trial that failed or diverged has
/// <see cref="double.NegativeInfinity"/>; NaN counts as that.
/// </param>
public sealed record Trial(Point Point, double? Value)
{
    /// <summary>
    /// The number of epochs behind the value, where a stopping rule gives trials different numbers of them; otherwise leave it at 0. A trial with more
    /// epochs ranks before one with fewer, because a rule only lets better ones train longer.
    /// </summary>
    public int Epochs { get; init; }
}
