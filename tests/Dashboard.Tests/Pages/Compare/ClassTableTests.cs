using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Compare;

namespace Experiments.Dashboard.Tests.Pages.Compare;

public sealed class ClassTableTests
{
    private static readonly ClassComparison Comparison = new(
        "f1", ["cat", "dog", "owl"], [5, 6, 7], [Run("r1", 0.9, 0.5, 0.8), Run("r2", 0.8, 0.9, null), Run("r3", 0.7, 0.6, null)], []);

    [Fact]
    public void Rows_InOrder_HaveValuesOfAllRunsAndTheirSpread()
    {
        IReadOnlyList<ClassRow> rows = ClassTable.Rows(Comparison, bySpread: false);

        Assert.Equal(["cat", "dog", "owl"], rows.Select(row => row.Class));
        Assert.Equal([0.9, 0.8, 0.7], rows[0].Values);
        Assert.Equal([0.2, 0.4, 0], rows.Select(row => Math.Round(row.Spread, 9)));
        Assert.Equal(7, rows[2].Support);
    }

    [Fact]
    public void Rows_NumericNames_AreInNumericOrder()
    {
        var numbers = new ClassComparison("f1", ["0", "10", "2"], [5, 6, 7], [Run("r1", 0.9, 0.5, 0.8)], []);

        Assert.Equal([("0", 5), ("2", 7), ("10", 6)], ClassTable.Rows(numbers, bySpread: false).Select(row => (row.Class, row.Support)));
    }

    [Fact]
    public void Rows_BySpread_BeginWithWhereRunsDiffer() =>
        Assert.Equal(["dog", "cat", "owl"], ClassTable.Rows(Comparison, bySpread: true).Select(row => row.Class));

    [Fact]
    public void Columns_Few_ShowBaselineThenPicked() =>
        Assert.Equal([1, 2], ClassTable.Columns(Comparison.Runs, "r2", ["r3"], most: 2));

    private static EvaluatedRun Run(string id, params double?[] values) => new(id, "test", 18, 3, 0.8, 0.8, values);
}
