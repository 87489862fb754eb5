using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Filters;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Runs.Groups;

/// <summary>The facts about one run that a group is computed from.</summary>
/// <param name="Key">A JSON array of the values that it is grouped by.</param>
/// <param name="Value">Its best value of the metric.</param>
/// <param name="Source">The run that holds its curves; null when the run itself does.</param>
internal sealed record GroupedRun(string Key, string Id, int Cell, int Status, double? Value, string? Source = null);

/// <summary>Adds up runs by their key. Pure.</summary>
internal sealed class GroupTally(IReadOnlyList<string> by, ObjectiveSpec metric)
{
    private readonly Dictionary<string, Entry> _groups = [];
    private KeyValuePair<string, Entry>[]? _numbered;

    public int Runs { get; private set; }

    public void Add(GroupedRun run)
    {
        Runs++;
        _numbered = null;
        if (!_groups.TryGetValue(run.Key, out Entry? group))
        {
            _groups.Add(run.Key, group = new Entry());
        }

        group.Statuses[run.Status]++;
        group.Sources.Add(run.Source ?? run.Id);
        group.FirstCell = Math.Min(group.FirstCell, run.Cell);
        if (run.Value is not { } value || !double.IsFinite(value))
        {
            return;
        }

        group.Values.Add(value);

        // Of equally good runs, the one with the lowest cell is chosen, regardless of their order.
        if (group.Best is not { } best || metric.IsBetter(value, best.Value!.Value) || (value == best.Value && run.Cell < best.Cell))
        {
            group.Best = run;
        }
    }

    /// <summary>The groups, ordered by <see cref="RunGroup.Number"/>.</summary>
    public IReadOnlyList<RunGroup> Groups() => [.. Numbered().Index().Select(group => Show(group.Index + 1, group.Item.Key, group.Item.Value))];

    /// <summary>The runs that hold the curves of the group of that <see cref="RunGroup.Number"/>.</summary>
    public IReadOnlyList<string> SourcesOf(int number) => Numbered()[number - 1].Value.Sources;

    private KeyValuePair<string, Entry>[] Numbered() => _numbered ??= [.. _groups.OrderBy(group => group.Value.FirstCell)];

    private RunGroup Show(int number, string key, Entry group)
    {
        using JsonDocument document = JsonDocument.Parse(key);
        JsonElement[] values = [.. document.RootElement.EnumerateArray().Select(value => value.Clone())];
        string?[] conditions = [.. by.Zip(values, FilterText.Equal)];
        return new RunGroup
        {
            Values = by.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second),
            Filter = conditions.Contains(null) ? null : FilterText.All(conditions),
            Counts = group.Counts,
            Measured = group.Values.Count,
            Mean = group.Values.Mean,
            Deviation = group.Values.Deviation,
            Best = group.Best?.Value,
            BestRunId = group.Best?.Id,
            BestCell = group.Best?.Cell,
            Number = number,
        };
    }

    private sealed class Entry
    {
        public int[] Statuses { get; } = new int[Enum.GetValues<RunStatus>().Length];

        public RunningStatistics Values { get; } = new();

        public GroupedRun? Best { get; set; }

        public int FirstCell { get; set; } = int.MaxValue;

        public List<string> Sources { get; } = [];

        public RunCounts Counts => RunCounts.Of(status => Statuses[(int)status]);
    }
}
