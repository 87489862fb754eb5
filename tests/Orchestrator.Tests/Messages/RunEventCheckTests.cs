using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Messages;

namespace Experiments.Orchestrator.Tests.Messages;

public sealed class RunEventCheckTests
{
    private const int Epochs = 5;

    private static readonly Dictionary<string, double> Metrics = new() { ["validation/loss"] = 0.5 };

    [Theory]
    [InlineData(1)]
    [InlineData(Epochs)]
    public void Require_EpochOfTheRun_IsTaken(int epoch) => RunEventCheck.Require(Report(epoch, Metrics), Epochs);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(Epochs + 1, 0)]
    [InlineData(1, -1)]
    public void Require_EpochThatTheRunDoesNotHave_IsRefusedWithWhatIsAllowed(int epoch, long iteration)
    {
        var refused = Assert.Throws<BadMessageException>(() => RunEventCheck.Require(Report(epoch, Metrics) with { Iteration = iteration }, Epochs));

        Assert.Contains("epochs 1 to 5", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_MetricsThatAreNotMeasured_AreRefused()
    {
        Assert.Throws<BadMessageException>(() => RunEventCheck.Require(Report(1, null!), Epochs));
        Assert.Throws<BadMessageException>(() => RunEventCheck.Require(Report(1, new Dictionary<string, double> { [""] = 1 }), Epochs));
        Assert.Throws<BadMessageException>(() => RunEventCheck.Require(Report(1, new Dictionary<string, double> { [new string('x', 1000)] = 1 }), Epochs));
        Assert.Throws<BadMessageException>(() => RunEventCheck.Require(Report(1, Enumerable.Range(0, 2000).ToDictionary(i => $"{i}", i => (double)i)), Epochs));
    }

    [Theory]
    [InlineData(null, "worker")]
    [InlineData("", "worker")]
    [InlineData("run", null)]
    public void RequireIds_OneIsMissing_IsRefused(string? run, string? worker) =>
        Assert.Throws<BadMessageException>(() => RunEventCheck.RequireIds(run, worker));

    [Fact]
    public void Tidy_EndThatCannotBeShownAsItIs_KeepsWhatCanBe()
    {
        AttemptEnded tidy = RunEventCheck.Tidy(new AttemptEnded
        {
            SweepId = "sweep",
            RunId = "run",
            Attempt = 1,
            WorkerId = "worker",
            Outcome = AttemptOutcome.Failed,
            Failure = new RunFailure(FailureKind.Crash, new string('x', 1_000_000)),
            Artifacts = [new Artifact("best.safetensors", 1, "0"), new Artifact("../best", 1, "0"), new Artifact("a b", 1, "0"), new Artifact(null!, 1, "0"), null!],
            Time = DateTimeOffset.UnixEpoch,
        });

        Assert.InRange(tidy.Failure!.Message.Length, 1_000, 20_000);
        Assert.Equal("best.safetensors", Assert.Single(tidy.Artifacts).Name);
        Assert.Empty(RunEventCheck.Tidy(tidy with { Artifacts = null! }).Artifacts);
    }

    private static EpochFinished Report(int epoch, IReadOnlyDictionary<string, double> metrics) =>
        new("sweep", "run", 1, "worker", epoch, 10, metrics, DateTimeOffset.UnixEpoch);
}
