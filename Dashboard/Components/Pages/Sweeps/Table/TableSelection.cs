using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Filters;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>Selected runs: some by id, or all that match the filter except some cells. In the address: <c>id,id</c> or <c>all,-3,-7</c>. Pure.</summary>
public sealed record TableSelection(bool All, IReadOnlySet<string> Ids, IReadOnlySet<int> Except)
{
    /// <summary>More ids do not fit into an address.</summary>
    public const int MostIds = 200;

    private const string AllWord = "all";

    public static TableSelection None { get; } = new(false, new HashSet<string>(), new HashSet<int>());

    public static TableSelection Everything { get; } = None with { All = true };

    public static TableSelection Parse(string? text)
    {
        string[] parts = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [AllWord, .. string[] cells])
        {
            return None with { Ids = parts.ToHashSet() };
        }

        return Everything with { Except = cells.Select(Cell).OfType<int>().ToHashSet() };
    }

    /// <summary>Null when nothing is selected.</summary>
    public string? ToText() => All
        ? string.Join(',', Except.Order().Select(cell => (-cell).ToString(CultureInfo.InvariantCulture)).Prepend(AllWord))
        : Ids.Count == 0 ? null : string.Join(',', Ids);

    public bool Contains(RunView run) => All ? !Except.Contains(run.Cell) : Ids.Contains(run.Id);

    /// <param name="total">The number of runs that match the filter.</param>
    public int CountOf(int total) => All ? Math.Max(0, total - Except.Count) : Ids.Count;

    /// <summary>Adds or removes runs.</summary>
    public TableSelection With(IReadOnlyCollection<RunView> runs, bool isSelected) => All
        ? this with { Except = Changed(Except, runs.Select(run => run.Cell), !isSelected) }
        : this with { Ids = Changed(Ids, runs.Select(run => run.Id), isSelected) };

    /// <summary>How many more runs can be selected by id.</summary>
    public int Room => MostIds - (All ? Except.Count : Ids.Count);

    /// <summary>The filter that only the selected runs match if all are selected; else the filter itself.</summary>
    public string? Narrow(string? filter) => FilterText.All(
        filter, All && Except.Count > 0 ? $"not cell in ({string.Join(", ", Except.Order())})" : null);

    private static int? Cell(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int cell) && cell < 0 ? -cell : null;

    private static HashSet<T> Changed<T>(IReadOnlySet<T> set, IEnumerable<T> items, bool isIn)
    {
        HashSet<T> changed = [.. set];
        if (isIn)
        {
            changed.UnionWith(items);
        }
        else
        {
            changed.ExceptWith(items);
        }

        return changed;
    }
}
