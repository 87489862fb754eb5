using Experiments.Orchestrator.Search.Samplers;

namespace Experiments.Orchestrator.Tests.Search.Samplers;

public sealed class NormalDistributionTests
{
    /// <summary>As tables of the distribution have them.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.84134474606854293)]
    [InlineData(-1.959963984540054, 0.025)]
    [InlineData(2.999999, 0.9986500975)]
    [InlineData(3.000001, 0.9986501064)]
    [InlineData(-6, 9.865876450376946e-10)]
    [InlineData(-10, 7.619853024160527e-24)]
    public void Below_KnownNumbers_AreThoseOfTables(double z, double share) => Assert.Equal(1, NormalDistribution.Below(z) / share, 1e-9);

    [Fact]
    public void Between_FarTails_KeepsItsDigits()
    {
        Assert.Equal(1, NormalDistribution.Between(10, 20) / 7.619853024160527e-24, 1e-9);
        Assert.Equal(1, NormalDistribution.Between(-20, -10) / 7.619853024160527e-24, 1e-9);
        Assert.Equal(0.6826894921370859, NormalDistribution.Between(-1, 1), 1e-12);
    }
}
