using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>Which curves are drawn faintly: with a selection all others, without one those that a stopping rule holds.</summary>
public sealed class CurveFading
{
    private readonly IReadOnlySet<string> _selected;
    private readonly bool _fadesHeld;

    /// <param name="runs">All runs of the chart.</param>
    /// <param name="selected">Ids of runs in front; none for all.</param>
    public CurveFading(IEnumerable<RunView> runs, IReadOnlySet<string> selected)
    {
        _selected = selected;

        // Nothing would be in front if all were held.
        _fadesHeld = selected.Count == 0 && runs.Any(run => !IsHeld(run));
    }

    public bool IsFaded(RunView run) => _selected.Count > 0 ? !_selected.Contains(run.Id) : _fadesHeld && IsHeld(run);

    /// <summary>Whether curves are faint because their runs are paused or stopped.</summary>
    public bool FadesAny(IEnumerable<RunView> runs) => _fadesHeld && runs.Any(IsHeld);

    private static bool IsHeld(RunView run) => run.Status is RunStatus.Paused or RunStatus.Stopped;
}
