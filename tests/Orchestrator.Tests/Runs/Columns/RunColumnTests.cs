using Experiments.Contracts.Filters;
using Experiments.Orchestrator.Runs.Columns;

namespace Experiments.Orchestrator.Tests.Runs.Columns;

public sealed class RunColumnTests
{
    /// <summary>A column that is described nowhere would be completed nowhere.</summary>
    [Fact]
    public void Facts_All_AreDescribedAndHaveASizeWhereTheyCanBeCompared()
    {
        Assert.Equal(RunColumn.Facts.Order(StringComparer.Ordinal), FilterNames.Facts.Select(fact => fact.Name).Order(StringComparer.Ordinal));
        Assert.All(FilterNames.Facts, fact => Assert.Equal(
            RunColumn.Find(fact.Name, [], out _)!.Kind is RunColumnKind.Number or RunColumnKind.Duration or RunColumnKind.Time, fact.HasSize));
    }
}
