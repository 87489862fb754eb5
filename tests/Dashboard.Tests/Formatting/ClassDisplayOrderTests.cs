using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Formatting;

public sealed class ClassDisplayOrderTests
{
    [Theory]
    [InlineData("0 1 10 11 2 3", "0 1 2 3 10 11")]
    [InlineData("-1 0.25 0.5 -10", "-10 -1 0.25 0.5")]
    [InlineData("class_1 class_10 class_2", "class_1 class_2 class_10")]
    [InlineData("s1e10 s1e2 s01e1", "s01e1 s1e2 s1e10")]
    [InlineData("shirt trouser bag", "shirt trouser bag")]
    [InlineData("b10 a2 other", "b10 a2 other")]
    public void Of_Classes_AreShownByTheirNumbersIfTheyHaveSuchNames(string classes, string shown)
    {
        string[] names = classes.Split(' ');

        Assert.Equal(shown.Split(' '), ClassDisplayOrder.Of(names).Select(label => names[label]));
    }

    [Fact]
    public void RanksOf_Order_IsTheWayBack() => Assert.Equal([0, 1, 3, 2], ClassDisplayOrder.RanksOf([0, 1, 3, 2]));
}
