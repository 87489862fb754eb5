using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>A run of a comparison, as the whole page shows it.</summary>
/// <param name="Title">What distinguishes it from the others.</param>
/// <param name="Details">The same for charts, see <see cref="HoverDetails"/>.</param>
public sealed record ComparedRun(RunView Run, RunStyle Style, string Title, string Details)
{
    public string Id => Run.Id;

    /// <summary>The name of its sweep if runs of several sweeps are compared, since each has a run #1.</summary>
    public string? SweepName { get; init; }
}
