using Experiments.Orchestrator.Search.Samplers;

namespace Experiments.Orchestrator.Tests.Search.Samplers;

public sealed class SobolSequenceTests
{
    /// <summary>Coordinates of dimensions 1, 2, 3, 8, 21 and 37 as scipy.stats.qmc.Sobol returns them, times 2^32. It enumerates points in Gray code order.</summary>
    [Theory]
    [InlineData(2, new uint[] { 3221225472, 1073741824, 1073741824, 3221225472, 1073741824, 1073741824 })]
    [InlineData(5, new uint[] { 3758096384, 3758096384, 536870912, 1610612736, 2684354560, 536870912 })]
    [InlineData(100, new uint[] { 1778384896, 1107296256, 3321888768, 2046820352, 3254779904, 4194304000 })]
    [InlineData(1023, new uint[] { 4194304, 3233808384, 2629828608, 2654994432, 3720347648, 4047503360 })]
    public void Plain_KnownPoints_AreThoseOfScipy(int index, uint[] coordinates) =>
        Assert.Equal(coordinates, new[] { 0, 1, 2, 7, 20, 36 }.Select(dimension => SobolSequence.Plain(index ^ (index >> 1), dimension)));

    [Fact]
    public void Scrambled_AlignedBlocks_HaveAPointInEachInterval()
    {
        for (int dimension = 0; dimension < SobolSequence.Dimensions; dimension++)
        {
            for (int block = 0; block < 3; block++)
            {
                Assert.Equal(
                    Enumerable.Range(0, 64),
                    Enumerable.Range(block * 64, 64).Select(index => (int)(64 * SobolSequence.Scrambled(7, index, dimension))).Order());
            }
        }
    }

    /// <summary>The first two dimensions form a net: each of 8 · 8 boxes has one of 64 points, and each of 2 · 32 also.</summary>
    [Theory]
    [InlineData(8, 8)]
    [InlineData(2, 32)]
    [InlineData(64, 1)]
    public void Scrambled_FirstTwoDimensions_FormANet(int columns, int rows) =>
        Assert.Equal(64, Enumerable.Range(64, 64)
            .Select(index => ((int)(columns * SobolSequence.Scrambled(3, index, 0)), (int)(rows * SobolSequence.Scrambled(3, index, 1))))
            .Distinct()
            .Count());
}
