using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Microsoft.Extensions.Logging;
using static Experiments.GpuWorker.Tests.Training.Checkpoints.CheckpointRuns;
using static Experiments.GpuWorker.Tests.Training.Interruption;

namespace Experiments.GpuWorker.Tests.Training.Checkpoints;

/// <summary>The checkpoint and the reported epochs of a training that is cancelled or fails.</summary>
[Collection(nameof(TrainingTests))]
public sealed class EndedTrainingTests
{
    /// <summary>The files of a cancelled run are removed: an epoch whose checkpoint is not being written yet is reported without one.</summary>
    [Theory]
    [InlineData("0", null, 2)]
    [InlineData(Never, null, 1)]
    [InlineData(Never, "0", 2)]
    public void Train_Cancelled_ReportsItsFinishedEpochsAndWritesNoFurtherCheckpoint(string seconds, string? memory, int written)
    {
        using var fixture = Fixture(seconds, memory);
        using var cancel = new CancellationTokenSource();
        TrainingJob job = fixture.Job(Everything);
        var listener = new RecordingListener { OnIteration = step => CancelAfter(step, cancel) };

        Assert.Throws<OperationCanceledException>(() => fixture.Trainer.Train(job, listener, CancellationToken.None, cancel.Token));

        Assert.Equal([1, 2], listener.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(written, EpochOf(job));
        Assert.DoesNotContain(Directory.EnumerateFiles(job.Folder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData(Never, null)]
    [InlineData(Never, "0")]
    public void Train_FailsInALaterEpoch_TellsItsFinishedEpochsAndLeavesTheLastOfThem(string seconds, string? memory)
    {
        using var fixture = Fixture(seconds, memory);
        TrainingJob job = fixture.Job(Everything);
        var listener = new RecordingListener { OnIteration = step => _ = step < (2 * Iterations) + 2 ? step : throw new InvalidOperationException("boom") };

        TrainingException failure = Assert.Throws<TrainingException>(
            () => fixture.Trainer.Train(job, listener, CancellationToken.None, CancellationToken.None));

        Assert.Contains("boom", failure.Message, StringComparison.Ordinal);
        AssertLeftAfterTwo(fixture, job, listener);
    }

    /// <summary>A folder has the name of the file to write.</summary>
    [Theory]
    [InlineData("0", null, 2)]
    [InlineData("0", "0", 1)]
    [InlineData(Never, null, 2)]
    public void Train_CheckpointCannotBeWritten_FailsBeforeASecondEpochIsBehindAndTellsNone(string seconds, string? memory, int mostTrained)
    {
        using var fixture = Fixture(seconds, memory);
        TrainingJob job = fixture.Job(Six);
        Directory.CreateDirectory(AtomicFile.PreparedPath(Path.Combine(job.Folder, RunFiles.Checkpoint)));
        var listener = new RecordingListener();

        TrainingException failure = Assert.Throws<TrainingException>(
            () => fixture.Trainer.Train(job, listener, CancellationToken.None, CancellationToken.None));

        Assert.Equal(FailureKind.Crash, failure.Kind);
        Assert.Contains(RunFiles.Checkpoint, failure.Message, StringComparison.Ordinal);
        Assert.InRange(listener.Trained.Count, 1, mostTrained);
        Assert.Empty(listener.Epochs);
    }

    /// <summary>The cause of the failure is thrown; the failed save is logged.</summary>
    [Fact]
    public void Train_FailsAndItsEpochsCannotBeSaved_TellsBoth()
    {
        using var fixture = Fixture(Never, null);
        TrainingJob job = fixture.Job(Six);
        var listener = new RecordingListener
        {
            OnEpoch = _ => Directory.CreateDirectory(AtomicFile.PreparedPath(Path.Combine(job.Folder, RunFiles.Checkpoint))),
            OnIteration = step => _ = step < (3 * Iterations) + 2 ? step : throw new InvalidOperationException("boom"),
        };

        TrainingException failure = Assert.Throws<TrainingException>(
            () => fixture.Trainer.Train(job, listener, CancellationToken.None, CancellationToken.None));

        Assert.Contains("boom", failure.Message, StringComparison.Ordinal);
        Assert.Equal([1], listener.Epochs.Select(epoch => epoch.Epoch));
        Assert.Contains(fixture.Log.Entries, entry => entry.Level == LogLevel.Error && entry.Message.Contains("could not be saved, and are not reported", StringComparison.Ordinal));
    }

    private static void CancelAfter(long step, CancellationTokenSource cancel)
    {
        if (step == (2 * Iterations) + 2)
        {
            cancel.Cancel();
        }
    }

    /// <summary>Ended in the third epoch: the checkpoint is that of the second, and another attempt resumes from it.</summary>
    private static void AssertLeftAfterTwo(TrainingFixture fixture, TrainingJob job, RecordingListener listener)
    {
        Assert.Equal([1, 2], listener.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(2, EpochOf(job));
        TrainingJob whole = fixture.Job(Everything);
        fixture.Train(whole);
        TrainingJob next = fixture.Job(Everything, resumeFrom: job.Folder);
        Assert.Equal([3], fixture.Train(next).Trained.Select(epoch => epoch.Epoch));
        AssertSameFiles(whole, next);
    }
}
