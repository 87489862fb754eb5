using System.Globalization;

namespace Experiments.Contracts.Grids;

/// <summary>Cell numbers for display.</summary>
internal static class CellText
{
    private const int MostRanges = 8;

    /// <param name="cells">Ascending.</param>
    /// <param name="count">At least as many as <paramref name="cells"/>.</param>
    public static string Of(IReadOnlyList<int> cells, int count)
    {
        List<(int First, int Last)> ranges = Ranges(cells);
        string listed = string.Join(", ", ranges.Take(MostRanges).Select(range => range.First == range.Last ? Number(range.First) : $"{Number(range.First)}–{Number(range.Last)}"));
        int shown = ranges.Take(MostRanges).Sum(range => range.Last - range.First + 1);
        string more = count > shown ? $" and {Number(count - shown)} more" : "";
        return $"{(count == 1 ? "combination" : "combinations")} {listed}{more}";
    }

    public static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static List<(int First, int Last)> Ranges(IReadOnlyList<int> cells)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (int cell in cells)
        {
            if (ranges.Count > 0 && ranges[^1].Last + 1 == cell)
            {
                ranges[^1] = (ranges[^1].First, cell);
            }
            else
            {
                ranges.Add((cell, cell));
            }
        }

        return ranges;
    }
}
