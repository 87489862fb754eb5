using System.Globalization;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>The positions of a table's columns: pinned ones stick to the left. Pure.</summary>
public sealed class TableGeometry
{
    /// <summary>The height of a row in pixels.</summary>
    public const int RowHeight = 37;

    public const int CheckWidth = 38;
    public const int RunWidth = 150;

    private readonly Dictionary<string, int> _left = [];
    private readonly string? _lastPinned;

    public TableGeometry(ColumnLayout layout)
    {
        Pinned = [.. layout.Pinned.Select(TableColumns.Of)];
        Others = [.. layout.Others.Select(TableColumns.Of)];
        int left = CheckWidth + RunWidth;
        foreach (TableColumn column in Pinned)
        {
            _left[column.Key] = left;
            left += column.Width;
        }

        _lastPinned = Pinned is [.., { Key: var last }] ? last : null;
        Width = left + Others.Sum(column => column.Width);
    }

    public IReadOnlyList<TableColumn> Pinned { get; }

    public IReadOnlyList<TableColumn> Others { get; }

    public IReadOnlyList<TableColumn> Columns => [.. Pinned, .. Others];

    /// <summary>The total width of the columns in pixels.</summary>
    public int Width { get; }

    public bool HasPinned => _lastPinned is not null;

    public string ClassOf(TableColumn column) => column.Key == _lastPinned ? "pin pin-last" : _left.ContainsKey(column.Key) ? "pin" : "";

    public string? StyleOf(TableColumn column) =>
        _left.TryGetValue(column.Key, out int left) ? string.Create(CultureInfo.InvariantCulture, $"left:{left}px") : null;
}
