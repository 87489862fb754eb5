using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <content>Selects single runs and ranges of runs.</content>
public sealed partial class RunsTable
{
    /// <summary>The row that was toggled last.</summary>
    private int? _anchor;

    /// <param name="isRange">Applies the new state to all rows from the last toggled one to this one.</param>
    private async Task ToggleAsync(TableRow row, bool isRange)
    {
        bool isSelected = !_selection.Contains(row.Run);
        IReadOnlyList<RunView> runs = isRange && _anchor is { } anchor ? await RangeAsync(anchor, row) : [row.Run];
        _anchor = row.Index;
        await SelectAsync(_selection.With(runs, isSelected));
    }

    /// <summary>The ones nearest to <paramref name="row"/> if there are more than can be selected by id.</summary>
    private async Task<IReadOnlyList<RunView>> RangeAsync(int anchor, TableRow row)
    {
        int count = Math.Min(Math.Abs(row.Index - anchor) + 1, Math.Max(1, _selection.Room));
        int first = anchor < row.Index ? row.Index - count + 1 : row.Index;
        IReadOnlyList<RunView> runs = [];
        await TryAsync(async () => runs = await _rows!.GetAsync(first, count, Closing));
        return [.. runs, row.Run];
    }
}
