using Experiments.GpuWorker.Devices;

namespace Experiments.GpuWorker.Tests.Devices;

public sealed class ComputeTeamTests : IDisposable
{
    private readonly ComputeTeam _team = new(threads: 3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Run_AnyNumberOfParts_DoesEachOnce(int parts)
    {
        int[] done = new int[parts];

        for (int round = 1; round <= 20; round++)
        {
            _team.Run(parts, part => Interlocked.Increment(ref done[part]));
            Assert.All(done, count => Assert.Equal(round, count));
        }
    }

    [Fact]
    public void Run_PartThrows_RethrowsAndTheTeamContinues()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => _team.Run(100, part =>
        {
            if (part == 57)
            {
                throw new InvalidOperationException("part 57");
            }
        }));
        int done = 0;
        _team.Run(10, _ => Interlocked.Increment(ref done));

        Assert.Equal("part 57", failure.Message);
        Assert.Equal(10, done);
    }

    public void Dispose() => _team.Dispose();
}
