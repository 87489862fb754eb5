using Experiments.Contracts.Api;
using Experiments.Orchestrator.Analysis.Importance;

namespace Experiments.Orchestrator.Tests.Analysis.Importance;

public sealed class LevelAxisTests
{
    [Fact]
    public void Of_Numbers_AreOrderedAndNothingComesFirst()
    {
        var axis = LevelAxis.Of("x", Values(0.1, null, 0.001, 0.1, 10.0));

        Assert.True(axis.IsOrdered);
        Assert.Equal(4, axis.Count);
        Assert.Equal([2, 0, 1, 2, 3], axis.Levels);
    }

    [Fact]
    public void Of_MoreNumbersThanLevels_PutsNeighboursTogether()
    {
        var axis = LevelAxis.Of("x", Values([.. Enumerable.Range(0, 1000).Select(number => (object)(double)number)]));

        Assert.Equal(LevelAxis.MostLevels, axis.Count);
        Assert.Equal(axis.Levels.Order(), axis.Levels);
        Assert.Equal(LevelAxis.MostLevels, axis.Levels.Distinct().Count());
        Assert.All(axis.Levels.CountBy(level => level), level => Assert.InRange(level.Value, 15, 16));
        Assert.Equal(ulong.MaxValue, axis.All);
    }

    [Fact]
    public void Of_Names_HaveNoOrderAndTheRarestShareALevel()
    {
        object[] names = [.. Enumerable.Range(0, 100).SelectMany(name => Enumerable.Repeat((object)$"n{name}", name < 10 ? 5 : 1))];

        var axis = LevelAxis.Of("x", Values(names));

        Assert.False(axis.IsOrdered);
        Assert.Equal(LevelAxis.MostLevels, axis.Count);
        Assert.Equal(10, axis.Levels.Take(50).Distinct().Count());
        Assert.Equal(100 - (LevelAxis.MostLevels - 1), axis.Levels.Count(level => level == LevelAxis.MostLevels - 1));
    }

    [Fact]
    public void Of_FlagAndTextThatLookAlike_AreTwoLevels() => Assert.Equal(2, LevelAxis.Of("x", Values(true, "True")).Count);

    private static ColumnValue[] Values(params object?[] values) => [.. values.Select(value => new ColumnValue(value))];
}
