namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>The columns of a table in order; pinned ones stay at the left. In the address: <c>model|status,curve</c>. Pure.</summary>
public sealed record ColumnLayout(IReadOnlyList<string> Pinned, IReadOnlyList<string> Others)
{
    private const char Separator = '|';
    private const int Most = 100;

    public IReadOnlyList<string> Keys => [.. Pinned, .. Others];

    /// <summary>Reads what <see cref="ToText"/> wrote; null for nothing.</summary>
    public static ColumnLayout? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        int end = text.IndexOf(Separator, StringComparison.Ordinal);
        IReadOnlyList<string> pinned = Split(end < 0 ? "" : text[..end]);
        return new ColumnLayout(pinned, [.. Split(text[(end + 1)..]).Except(pinned)]);
    }

    public string ToText() => $"{string.Join(',', Pinned)}{Separator}{string.Join(',', Others)}";

    public bool Shows(string key) => Pinned.Contains(key) || Others.Contains(key);

    public bool IsPinned(string key) => Pinned.Contains(key);

    /// <summary>Appends it, or removes it.</summary>
    public ColumnLayout Toggle(string key) => Shows(key) ? Without(key) : this with { Others = [.. Others, key] };

    /// <summary>Pins it after other pinned ones, or unpins it as the first of the others.</summary>
    public ColumnLayout TogglePin(string key)
    {
        ColumnLayout rest = Without(key);
        return IsPinned(key) ? rest with { Others = [key, .. rest.Others] } : rest with { Pinned = [.. rest.Pinned, key] };
    }

    /// <summary>Moves it left (negative) or right by some positions, within the pinned or the other columns.</summary>
    public ColumnLayout Move(string key, int by) => IsPinned(key)
        ? this with { Pinned = Moved(Pinned, key, by) }
        : this with { Others = Moved(Others, key, by) };

    /// <summary>Moves it to the position of another; it becomes pinned if that one is.</summary>
    public ColumnLayout MoveTo(string key, string target)
    {
        if (key == target || !Shows(key) || !Shows(target))
        {
            return this;
        }

        bool isAfter = IsPinned(key) == IsPinned(target) && IndexOf(key) < IndexOf(target);
        ColumnLayout rest = Without(key);
        return rest.IsPinned(target)
            ? rest with { Pinned = Inserted(rest.Pinned, key, target, isAfter) }
            : rest with { Others = Inserted(rest.Others, key, target, isAfter) };
    }

    private ColumnLayout Without(string key) => new([.. Pinned.Where(other => other != key)], [.. Others.Where(other => other != key)]);

    private int IndexOf(string key) => Keys.Index().First(pair => pair.Item == key).Index;

    private static List<string> Moved(IReadOnlyList<string> keys, string key, int by)
    {
        List<string> moved = [.. keys];
        int from = moved.IndexOf(key);
        moved.RemoveAt(from);
        moved.Insert(Math.Clamp(from + by, 0, moved.Count), key);
        return moved;
    }

    private static List<string> Inserted(IReadOnlyList<string> keys, string key, string target, bool isAfter)
    {
        List<string> inserted = [.. keys];
        inserted.Insert(inserted.IndexOf(target) + (isAfter ? 1 : 0), key);
        return inserted;
    }

    private static string[] Split(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(Most)];
}
