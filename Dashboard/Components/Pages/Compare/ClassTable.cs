using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>One class across all compared runs.</summary>
/// <param name="Values">In the order of the runs.</param>
/// <param name="Spread">The distance between the best and worst run; 0 if fewer than two have the class.</param>
public sealed record ClassRow(string Class, int Support, IReadOnlyList<double?> Values, double Spread);

/// <summary>The table of compared runs by class. Pure.</summary>
public static class ClassTable
{
    /// <summary>The measures, with their labels.</summary>
    public static IReadOnlyList<(string Measure, string Label)> Measures { get; } = [("f1", "F1"), ("precision", "Precision"), ("recall", "Recall")];

    public static string Label(string measure) => Measures.FirstOrDefault(known => known.Measure == measure).Label ?? measure;

    /// <param name="bySpread">Sorts classes by how much the runs differ, instead of by class.</param>
    public static IReadOnlyList<ClassRow> Rows(ClassComparison comparison, bool bySpread)
    {
        IEnumerable<ClassRow> rows = ClassDisplayOrder.Of(comparison.Classes).Select(place =>
        {
            double?[] values = [.. comparison.Runs.Select(run => run.Values[place])];
            double[] known = [.. values.OfType<double>()];
            return new ClassRow(comparison.Classes[place], comparison.Support[place], values, known.Length < 2 ? 0 : known.Max() - known.Min());
        });
        return bySpread ? [.. rows.OrderByDescending(row => row.Spread)] : [.. rows];
    }

    /// <summary>The indices of the runs shown as columns: the baseline, then highlighted runs, then others, as many as fit.</summary>
    public static IReadOnlyList<int> Columns(IReadOnlyList<EvaluatedRun> runs, string? baseline, IReadOnlyCollection<string> picked, int most) =>
        [.. Enumerable.Range(0, runs.Count).OrderBy(place => runs[place].RunId == baseline ? 0 : picked.Contains(runs[place].RunId) ? 1 : 2).Take(most)];
}
