using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Evaluation;

/// <summary>The order of a table of classes.</summary>
public static class ReportOrder
{
    /// <param name="sort">class, precision, recall, f1 or support, with <c>-</c> in front for descending; null for the order of classes.</param>
    public static IEnumerable<ClassReport> Of(IReadOnlyList<ClassReport> report, string? sort)
    {
        string[] names = [.. report.Select(entry => entry.Class)];
        if (sort is null)
        {
            return ClassDisplayOrder.Of(names).Select(label => report[label]);
        }

        string key = sort.TrimStart('-');
        IEnumerable<ClassReport> ascending = key == "class"
            ? ByName(report, ClassDisplayOrder.ByNumber(names))
            : report.OrderBy(entry => ValueOf(entry, key));
        return sort == key ? ascending : ascending.Reverse();
    }

    /// <summary>Sorts by number if the names are numbers, otherwise alphabetically.</summary>
    private static IEnumerable<ClassReport> ByName(IReadOnlyList<ClassReport> report, int[]? byNumber) => byNumber is null
        ? report.OrderBy(entry => entry.Class, StringComparer.OrdinalIgnoreCase)
        : byNumber.Select(label => report[label]);

    private static double ValueOf(ClassReport entry, string key) => key switch
    {
        "precision" => entry.Precision,
        "recall" => entry.Recall,
        "f1" => entry.F1,
        "support" => entry.Support,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "no such column"),
    };
}
