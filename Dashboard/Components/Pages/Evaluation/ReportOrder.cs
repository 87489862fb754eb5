using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Evaluation;

/// <summary>The order of a table of classes.</summary>
public static class ReportOrder
{
    /// <param name="sort">class, precision, recall, f1 or support, with <c>-</c> in front for descending; null for the data set's order.</param>
    public static IEnumerable<ClassReport> Of(IReadOnlyList<ClassReport> report, string? sort)
    {
        if (sort is null)
        {
            return report;
        }

        string key = sort.TrimStart('-');
        IEnumerable<ClassReport> ascending = key == "class"
            ? report.OrderBy(entry => entry.Class, StringComparer.OrdinalIgnoreCase)
            : report.OrderBy(entry => ValueOf(entry, key));
        return sort == key ? ascending : ascending.Reverse();
    }

    private static double ValueOf(ClassReport entry, string key) => key switch
    {
        "precision" => entry.Precision,
        "recall" => entry.Recall,
        "f1" => entry.F1,
        "support" => entry.Support,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "no such column"),
    };
}
