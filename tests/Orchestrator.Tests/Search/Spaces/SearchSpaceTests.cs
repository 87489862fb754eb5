using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Tests.Search.Spaces;

public sealed class SearchSpaceTests
{
    private static readonly ChoiceDimension Optimizer = new("optimizer", 3);

    public static TheoryData<string> Faults => [.. Faulty.Keys];

    private static Dictionary<string, Dimension[]> Faulty { get; } = new()
    {
        ["lr has min 3 and max 1; write a min below the max"] = [new RealDimension("lr", 3, 1)],
        ["lr has min 1 and max 1; write a min below the max"] = [new RealDimension("lr", 1, 1)],
        ["lr has min NaN and max 1; write finite numbers"] = [new RealDimension("lr", double.NaN, 1)],
        ["lr has min 0 on a log scale; write a min above 0, or a linear scale"] = [new RealDimension("lr", 0, 1, IsLog: true)],
        ["lr has step 0.1 on a log scale; leave the step out, or write a linear scale"] = [new RealDimension("lr", 0.1, 1, IsLog: true, Step: 0.1)],
        ["lr has step 2, which leads from min 0 beyond max 1; write at most 1"] = [new RealDimension("lr", 0, 1, Step: 2)],
        ["lr has step -1; write a step above 0"] = [new RealDimension("lr", 0, 1, Step: -1)],
        ["lr has step 1E-12, which makes more than 10^9 values; write a larger step, or none"] = [new RealDimension("lr", 0, 1, Step: 1e-12)],
        ["n has min 3 and max 1; write a min below the max"] = [new IntegerDimension("n", 3, 1)],
        ["n has min 0 on a log scale; write at least 1, or a linear scale"] = [new IntegerDimension("n", 0, 4, IsLog: true)],
        ["n has step 2 on a log scale; leave the step out, or write a linear scale"] = [new IntegerDimension("n", 1, 4, IsLog: true, Step: 2)],
        ["n has step 0; write at least 1"] = [new IntegerDimension("n", 1, 4, Step: 0)],
        ["n has step 9, which leads from min 1 beyond max 4; write at most 3"] = [new IntegerDimension("n", 1, 4, Step: 9)],
        ["model has 0 choices; write at least one"] = [new ChoiceDimension("model", 0)],
        ["optimizer occurs twice; write each name once"] = [Optimizer, Optimizer],
        ["lr depends on model, which is not an earlier dimension with choices; there is none"] = [Conditional("model", 0)],
        ["lr depends on n, which is not an earlier dimension with choices; write one of optimizer"] = [new IntegerDimension("n", 1, 4), Optimizer, Conditional("n", 0)],
        ["lr depends on no value of optimizer; write at least one"] = [Optimizer, Conditional("optimizer")],
        ["lr depends on choice 3 of optimizer; write 0 to 2"] = [Optimizer, Conditional("optimizer", 1, 3)],
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_FaultyDimension_QuotesItAndSaysWhatToWrite(string message)
    {
        SpaceFault fault = Assert.Single(SearchSpace.Check(Faulty[message]));

        Assert.Equal(message, $"{fault.Name} {fault.Message}");
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => new SearchSpace(Faulty[message])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromUnit_ConditionOfACondition_IsInactiveWithIt()
    {
        var space = new SearchSpace(
        [
            Optimizer,
            new ChoiceDimension("nesterov", 2) { Condition = new("optimizer", [1]) },
            new RealDimension("momentum", 0, 1) { Condition = new("nesterov", [0]) },
        ]);

        Assert.Equal(new Point([0, double.NaN, double.NaN]), space.FromUnit([0, 0, 0.5]));
        Assert.Equal(new Point([1, 1, double.NaN]), space.FromUnit([0.5, 0.9, 0.5]));
        Assert.Equal(new Point([1, 0, 0.5]), space.FromUnit([0.5, 0, 0.5]));
    }

    [Fact]
    public void Contains_InactiveValueOrWrongStep_IsFalse()
    {
        var space = new SearchSpace([Optimizer, new IntegerDimension("n", 0, 10, Step: 5) { Condition = new("optimizer", [1]) }]);

        Assert.True(space.Contains(new Point([1, 5])));
        Assert.True(space.Contains(new Point([0, double.NaN])));
        Assert.False(space.Contains(new Point([0, 5])));
        Assert.False(space.Contains(new Point([1, 4])));
        Assert.False(space.Contains(new Point([1, double.NaN])));
        Assert.False(space.Contains(new Point([1])));
    }

    private static RealDimension Conditional(string on, params int[] choices) => new("lr", 0, 1) { Condition = new(on, choices) };
}
