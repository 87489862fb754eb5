using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Artifacts.Retention;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Tests.Artifacts.Retention;

public sealed class RetentionRuleTests
{
    [Fact]
    public void Of_CompletedRun_KeepsOnlyTheResult() =>
        Assert.Equal(
            [new Removal(1, RemovalKind.Everything), new Removal(2, RemovalKind.Checkpoint)],
            RetentionRule.Of(Run(RunStatus.Completed, artifactsOf: 2), [Ended(1, checkpoint: true), Ended(2, checkpoint: true, from: 1)]));

    [Fact]
    public void Of_CompletedRunThatListsNothing_KeepsWhatEveryAttemptLeft() =>
        Assert.Equal(
            [new Removal(1, RemovalKind.Checkpoint), new Removal(2, RemovalKind.Checkpoint)],
            RetentionRule.Of(Run(RunStatus.Completed), [Ended(1, checkpoint: true), Ended(2, checkpoint: true, from: 1)]));

    [Fact]
    public void Of_CancelledRun_KeepsNoCheckpointButThatOfAnAttemptThatHasNotStoppedYet() =>
        Assert.Equal(
            [new Removal(1, RemovalKind.Checkpoint)],
            RetentionRule.Of(Run(RunStatus.Cancelled), [Ended(1, checkpoint: true), Running(2, checkpoint: true, from: 1)]));

    [Theory]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Queued)]
    public void Of_RunThatMayResume_KeepsTheNewestCheckpoint(RunStatus status) =>
        Assert.Equal(
            [new Removal(1, RemovalKind.Checkpoint), new Removal(2, RemovalKind.Fragments), new Removal(3, RemovalKind.Fragments)],
            RetentionRule.Of(Run(status), [Ended(1, checkpoint: true), Ended(2, checkpoint: true, from: 1), Ended(3, checkpoint: false, from: 2)]));

    [Fact]
    public void Of_RunningRun_KeepsTheFilesItResumesFromUntilItHasItsOwnCheckpoint()
    {
        Run run = Run(RunStatus.Running);

        Assert.Equal([new Removal(1, RemovalKind.Fragments)], RetentionRule.Of(run, [Ended(1, checkpoint: true), Running(2, checkpoint: false, from: 1)]));
        Assert.Equal([new Removal(1, RemovalKind.Checkpoint)], RetentionRule.Of(run, [Ended(1, checkpoint: true), Running(2, checkpoint: true, from: 1)]));
    }

    private static Run Run(RunStatus status, int? artifactsOf = null) => new()
    {
        Id = "run",
        SweepId = "sweep",
        Cell = 1,
        Key = "key",
        Config = "{}",
        Epochs = 2,
        Status = status,
        CreatedAt = DateTimeOffset.UnixEpoch,
        ArtifactsAttempt = artifactsOf,
    };

    private static Attempt Running(int number, bool checkpoint, int? from = null) => new()
    {
        RunId = "run",
        Number = number,
        WorkerId = "worker",
        StartedAt = DateTimeOffset.UnixEpoch,
        ResumedFrom = from,
        HasCheckpoint = checkpoint,
    };

    private static Attempt Ended(int number, bool checkpoint, int? from = null)
    {
        Attempt attempt = Running(number, checkpoint, from);
        attempt.EndedAt = DateTimeOffset.UnixEpoch;
        return attempt;
    }
}
