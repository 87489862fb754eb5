using Experiments.Dashboard.Components.Pages.Sweeps.Table;

namespace Experiments.Dashboard.Tests.Pages.Sweeps.Table;

public sealed class TableSelectionTests
{
    [Theory]
    [InlineData(null, null, 0)]
    [InlineData("r1,r2", "r1,r2", 2)]
    [InlineData("all", "all", 10)]
    [InlineData("all,-3,-7", "all,-3,-7", 8)]
    [InlineData("all,nonsense,5", "all", 10)]
    public void Parse_Text_IsWrittenTheSameAndCounts(string? text, string? expected, int count)
    {
        TableSelection selection = TableSelection.Parse(text);

        Assert.Equal(expected, selection.ToText());
        Assert.Equal(count, selection.CountOf(10));
    }

    [Fact]
    public void With_OneOfAll_TakesItOutAndPutsItBack()
    {
        TableSelection without = TableSelection.Everything.With([Samples.Run(3)], isSelected: false);

        Assert.False(without.Contains(Samples.Run(3)));
        Assert.True(without.Contains(Samples.Run(4)));
        Assert.Equal("all", without.With([Samples.Run(3)], isSelected: true).ToText());
    }

    [Theory]
    [InlineData("r1", true, "r1,r2,r3")]
    [InlineData("r1,r3", false, "r1")]
    [InlineData("all,-2,-7", true, "all,-7")]
    [InlineData("all", false, "all,-2,-3")]
    public void With_Runs_TakesThemInOrOut(string text, bool isSelected, string expected) =>
        Assert.Equal(expected, TableSelection.Parse(text).With([Samples.Run(2), Samples.Run(3)], isSelected).ToText());

    [Theory]
    [InlineData("all,-3,-7", "model = a or model = b", "(model = a or model = b) and not cell in (3, 7)")]
    [InlineData("all,-3", null, "not cell in (3)")]
    [InlineData("all", "seed > 2", "seed > 2")]
    [InlineData("r1", "seed > 2", "seed > 2")]
    public void Narrow_Exceptions_AreLeftOutOfTheCondition(string text, string? filter, string expected) =>
        Assert.Equal(expected, TableSelection.Parse(text).Narrow(filter));
}
