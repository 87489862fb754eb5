using Experiments.Benchmarks.Search;
using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Benchmarks.Tests.Search;

public sealed class CurveReplayTests
{
    private static readonly Curve[] Curves = [.. CurveGrid.Cells.Select((cell, index) => Made(cell, index / 216.0, seconds: 1 + (index % 7)))];

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void Run_NoStopping_TrainsAllEpochsAndNamesTheWinner(int workers)
    {
        ReplayOutcome outcome = Replay("none", workers);

        Assert.Equal((216 * 27, 215), (outcome.Epochs, outcome.Winner));
        Assert.Equal(1, outcome.BusyWhileStarting, 1e-9);
        Assert.InRange(outcome.Busy, 0.5, 1);
        Assert.InRange(outcome.EpochsUntil(Curves[^1].Final) ?? 0, 27, 216 * 27);
        Assert.Null(outcome.EpochsUntil(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void Run_Asha_NamesTheWinnerWithFewEpochs(int workers)
    {
        ReplayOutcome outcome = Replay("asha", workers);

        Assert.Equal(215, outcome.Winner);
        Assert.True(outcome.Epochs < 0.4 * 216 * 27, $"{outcome.Epochs} epochs");
        Assert.Equal(1, outcome.BusyWhileStarting, 1e-9);
    }

    [Fact]
    public void Table_WrittenAndRead_HasTheSameCurves()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("experiments-curves-").FullName, "curves.csv.gz");
        CurveTable.Write(path, Curves);
        IReadOnlyList<Curve> read = CurveTable.Read(path);

        Assert.Equal(Curves.Select(curve => string.Join(' ', curve.Levels)), read.Select(curve => string.Join(' ', curve.Levels)));
        Assert.All(Curves.Zip(read), pair => Assert.Equal(pair.First.Accuracies, pair.Second.Accuracies, (one, other) => Math.Abs(one - other) < 1e-4));
        Assert.True(new FileInfo(path).Length < 300_000);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static ReplayOutcome Replay(string rule, int workers)
    {
        int[] order = [.. Enumerable.Range(0, Curves.Length)];
        new Random(1).Shuffle(order);
        return new CurveReplay(Curves, StoppingRules.Create(new StoppingSettings(rule, 27) { MinEpochs = 3 }), workers).Run(order);
    }

    /// <summary>Rises to its end like a recorded one.</summary>
    private static Curve Made(IReadOnlyList<int> levels, double end, double seconds) =>
        new(levels, seconds, [.. Enumerable.Range(1, 27).Select(epoch => end * (1 - Math.Exp(-epoch / 3.0)))]);
}
