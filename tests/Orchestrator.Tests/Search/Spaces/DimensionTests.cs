using CsCheck;
using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Tests.Search.Spaces;

public sealed class DimensionTests
{
    public static TheoryData<string> Names => [.. SampleSpaces.Dimensions.Select(dimension => dimension.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void FromUnit_AnyPlace_IsAValueWhoseRangeHasThePlace(string name)
    {
        Dimension dimension = SampleSpaces.Dimensions.Single(dimension => dimension.Name == name);

        Gen.Double[0, 1].Where(unit => unit < 1).Sample(unit =>
        {
            double value = dimension.FromUnit(unit);
            UnitRange range = dimension.ToUnit(value);

            Assert.True(dimension.Contains(value), $"{unit} gives {value}");
            Assert.InRange(unit, range.Low - 1e-9, range.High + 1e-9);
            Assert.Equal(dimension.Levels is null, range.Width == 0);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FromUnit_Ends_AreTheFirstAndTheLastValue(string name)
    {
        Dimension dimension = SampleSpaces.Dimensions.Single(dimension => dimension.Name == name);

        Assert.Equal(0, dimension.ToUnit(dimension.FromUnit(0)).Low, 1e-12);
        Assert.Equal(1, dimension.ToUnit(dimension.FromUnit(Math.BitDecrement(1))).High, 1e-12);
    }

    [Fact]
    public void FromUnit_RealStep_IsWrittenLikeByHand()
    {
        var dimension = new RealDimension("dropout", 0, 0.5, Step: 0.1);

        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5], Enumerable.Range(0, 6).Select(level => dimension.FromUnit((level + 0.5) / 6)));
    }

    [Fact]
    public void FromUnit_MaxOffTheStep_EndsBelowIt()
    {
        var dimension = new IntegerDimension("batchSize", 16, 100, Step: 32);

        Assert.Equal(3, dimension.Levels);
        Assert.Equal([16, 48, 80], Enumerable.Range(0, 3).Select(level => dimension.FromUnit((level + 0.5) / 3)));
    }

    [Fact]
    public void FromUnit_LogReal_SharesDecadesEqually()
    {
        var dimension = new RealDimension("learningRate", 1e-5, 1e-1, IsLog: true);

        Assert.Equal(1e-3, dimension.FromUnit(0.5), 1e-12);
        Assert.Equal(1e-4, dimension.FromUnit(0.25), 1e-12);
    }

    [Fact]
    public void ToUnit_LogInteger_HasTheShareOfHalfAStepAround()
    {
        var dimension = new IntegerDimension("width", 1, 100, IsLog: true);
        double whole = Math.Log(100.5 / 0.5);

        Assert.Equal(Math.Log(1.5 / 0.5) / whole, dimension.ToUnit(1).Width, 1e-12);
        Assert.Equal(Math.Log(10.5 / 9.5) / whole, dimension.ToUnit(10).Width, 1e-12);
    }
}
