using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <content>Curves of groups. The Orchestrator aggregates them over all runs, so they are reloaded while runs train.</content>
public sealed partial class SweepCurves
{
    /// <summary>The least time between readings, each of which processes the curves of all runs.</summary>
    private static readonly TimeSpan GroupsInterval = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, (object Asked, int Version, DateTimeOffset Time, IReadOnlyList<ChartLine> Lines)> _groups = [];
    private int _readings;

    private bool IsGrouped => State.GroupKeys.Count > 0;

    private bool HasGroups(string metric) => _groups.ContainsKey(metric);

    private IReadOnlyList<ChartLine> GroupLinesOf(string metric) => _groups.TryGetValue(metric, out var read) ? read.Lines : [];

    private async Task ReadGroupsAsync()
    {
        // After an error, which the table of groups shows, curves of other groups do not belong here.
        await RequestAsync(_ => _groups.Clear(), async () =>
        {
            foreach (string metric in Panels.Metrics)
            {
                await ReadGroupsAsync(metric);
            }
        });
    }

    private async Task ReadGroupsAsync(string metric)
    {
        // The same groups and order as the table, which is sorted by the first chart's metric.
        (string SweepId, string? Group, RunsQuery Query, string First, bool HasEnded) asked =
            (Sweep.Id, State.Group, State.GroupQuery, Panels.Metrics[0], Sweep.FinishedAt is not null);
        if (_groups.TryGetValue(metric, out var known) && known.Asked.Equals(asked) && (known.Version == Version || Clock.GetUtcNow() - known.Time < GroupsInterval))
        {
            return;
        }

        int version = Version;
        RunGroups groups = await Orchestrator.GetGroupCurvesAsync(asked.SweepId, State.GroupKeys, asked.First, asked.Query, metric, PointsPerCurve, Closing);
        _groups[metric] = (asked, version, Clock.GetUtcNow(), GroupLines.Of(groups, ++_readings));
        ShowBeforeOthers(metric);
    }
}
