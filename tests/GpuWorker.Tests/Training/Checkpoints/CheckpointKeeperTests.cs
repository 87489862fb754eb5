using System.Diagnostics;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Training.Checkpoints;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using static Experiments.GpuWorker.Tests.Training.Interruption;

namespace Experiments.GpuWorker.Tests.Training.Checkpoints;

/// <summary>Checkpoints that are written while training goes on, and epochs that share one.</summary>
[Collection(nameof(TrainingTests))]
public sealed class CheckpointKeeperTests
{
    private const string Never = "3600";
    private static readonly Hyperparameters Six = Everything with { Epochs = 6 };

    /// <summary>The file that is written is a pipe, which takes nothing until somebody reads it.</summary>
    [Fact]
    public async Task Train_WhileACheckpointIsWritten_TrainsTheNextEpochAndNoFurther()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes in folders are there on Linux");
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(Everything) with { Epochs = new EpochRange(0, 1) };
        fixture.Train(first);
        TrainingJob job = fixture.Job(Everything);
        string pipe = AtomicFile.PreparedPath(Path.Combine(job.Folder, RunFiles.Checkpoint));
        using (Process made = Process.Start("mkfifo", pipe))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, made.ExitCode);
        }

        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = new RecordingListener { OnTrained = epoch => _ = epoch == 2 && second.TrySetResult() };
        Task training = Task.Factory.StartNew(
            () => fixture.Train(job, listener), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await await Task.WhenAny(second.Task, training);

        Assert.Equal(2 * Iterations, listener.Metrics.Where(metric => metric.Name == MetricNames.BatchLoss).Max(metric => metric.Step));
        Assert.Empty(listener.Epochs);
        byte[] written = await ReadAsync(pipe);
        await training;

        // As it was when the epoch ended, whatever was trained since; but for the times that epochs took.
        string copy = Path.Combine(first.Folder, "copy.safetensors");
        await File.WriteAllBytesAsync(copy, written, TestContext.Current.CancellationToken);
        using SafetensorsContent actual = SafetensorsFile.Read(copy, requireChecksum: true);
        using SafetensorsContent expected = SafetensorsFile.Read(Path.Combine(first.Folder, RunFiles.Checkpoint), requireChecksum: true);
        Assert.Equal(expected.Names, actual.Names);
        Assert.All(expected.Names, name => Assert.Equal(expected[name].bytes.ToArray(), actual[name].bytes.ToArray()));
        Assert.Equal([1, 2, 3], listener.Epochs.Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void Train_EpochsShorterThanCheckpointSeconds_ShareACheckpointAndAreToldInOrderOnceItIsThere()
    {
        var time = new FakeTimeProvider();
        using var fixture = new TrainingFixture(time, ("Worker:CheckpointSeconds", "10"));
        TrainingJob job = fixture.Job(Six);
        var told = new List<int>();
        RecordingListener listener = null!;
        listener = new RecordingListener
        {
            // 3.5 s an epoch: the first one has a checkpoint, then, in the middle of the fourth, the third.
            OnIteration = _ => time.Advance(TimeSpan.FromSeconds(0.5)),
            OnTrained = _ => told.Add(listener.Epochs.Count),
            OnEpoch = epoch => Assert.True(epoch <= EpochOf(job), $"epoch {epoch} is told; the checkpoint is of epoch {EpochOf(job)}"),
        };

        fixture.Train(job, listener);

        // An epoch is told during the next one or at its end.
        Assert.Equal((1, 3, 3), (told[2], told[4], told[5]));
        Assert.Equal([1, 2, 3, 4, 5, 6], listener.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(listener.Trained, listener.Epochs);
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("0", "0")]
    [InlineData(Never, null)]
    [InlineData(Never, "0")]
    public void Train_HoweverCheckpointsAreSaved_GivesTheSameBits(string seconds, string? memory)
    {
        using var plain = new TrainingFixture();
        using var fixture = Fixture(seconds, memory);
        Hyperparameters settings = Six with { EmaDecay = 0.9, Pruning = 0.5, PruningEpochs = 3, Quantization = QuantizationKind.Int8 };
        TrainingJob expected = plain.Job(settings);
        RecordingListener known = plain.Train(expected);

        TrainingJob actual = fixture.Job(settings);
        RecordingListener listener = fixture.Train(actual);

        Assert.Equal(known.Reproducible, listener.Reproducible);
        Assert.Equal(known.Epochs.Select(epoch => epoch.Epoch), listener.Epochs.Select(epoch => epoch.Epoch));
        AssertSameFiles(expected, actual);
        Assert.DoesNotContain(Directory.GetFiles(actual.Folder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0", null, 2 * Iterations)]
    [InlineData(Never, null, 3)]
    [InlineData(Never, null, Iterations)]
    [InlineData(Never, null, (3 * Iterations) + 2)]
    [InlineData(Never, "0", (3 * Iterations) + 2)]
    public void Train_Stopped_TellsAllItsEpochsAndLosesNoIteration(string seconds, string? memory, long stopAfter)
    {
        using var fixture = Fixture(seconds, memory);
        TrainingJob whole = fixture.Job(Six);
        RecordingListener expected = fixture.Train(whole);

        TrainingJob first = fixture.Job(Six);
        RecordingListener before = Stop(fixture, first, stopAfter);
        TrainingJob second = fixture.Job(Six, resumeFrom: first.Folder);
        RecordingListener after = fixture.Train(second with { Epochs = second.Epochs with { First = before.Epochs.Count } });

        Assert.Equal(before.Trained, before.Epochs);
        Assert.Equal(expected.Reproducible, before.Reproducible.Concat(after.Reproducible));
        Assert.Equal([1, 2, 3, 4, 5, 6], before.Epochs.Concat(after.Epochs).Select(epoch => epoch.Epoch));
        AssertSameFiles(whole, second);
    }

    /// <summary>Whatever the process has in memory is gone: what is left is the folder as it is at that moment.</summary>
    [Theory]
    [InlineData(Iterations - 1, 0)]
    [InlineData((2 * Iterations) + 3, 1)]
    [InlineData((4 * Iterations) - 2, 1)]
    [InlineData((5 * Iterations) + 1, 3)]
    public void Train_KilledBetweenCheckpoints_TrainsTheEpochsAfterTheLastOneAgainToTheSameBits(long killAfter, int kept)
    {
        var time = new FakeTimeProvider();
        using var fixture = new TrainingFixture(time, ("Worker:CheckpointSeconds", "10"));
        TrainingJob whole = fixture.Job(Six);
        RecordingListener expected = fixture.Train(whole);
        TrainingJob killed = fixture.Job(Six);
        RecordingListener? atDeath = null;
        RecordingListener listener = null!;
        listener = new RecordingListener
        {
            OnIteration = step =>
            {
                time.Advance(TimeSpan.FromSeconds(0.5));
                if (step == killAfter)
                {
                    atDeath = new RecordingListener();
                    atDeath.Epochs.AddRange(listener.Epochs);
                    Copy(fixture.Job(Six).Folder, job: killed, to: out killed);
                }
            },
        };
        TrainingJob dying = killed;

        fixture.Train(dying, listener);
        TrainingJob next = fixture.Job(Six, resumeFrom: killed.Folder);
        RecordingListener after = fixture.Train(next);

        Assert.Equal(Enumerable.Range(1, kept), atDeath!.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(Enumerable.Range(kept + 1, 6 - kept), after.Trained.Select(epoch => epoch.Epoch));
        Assert.Equal([1, 2, 3, 4, 5, 6], after.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(expected.Reproducible.TakeLast(after.Reproducible.Count()), after.Reproducible);
        AssertSameFiles(whole, next);
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData(Never, null)]
    [InlineData(Never, "0")]
    public void Train_Cancelled_TellsItsFinishedEpochsAndLeavesTheLastOfThem(string seconds, string? memory)
    {
        using var fixture = Fixture(seconds, memory);
        using var cancel = new CancellationTokenSource();
        TrainingJob job = fixture.Job(Everything);
        var listener = new RecordingListener { OnIteration = step => CancelAfter(step, cancel) };

        Assert.Throws<OperationCanceledException>(() => fixture.Trainer.Train(job, listener, CancellationToken.None, cancel.Token));

        AssertLeftAfterTwo(fixture, job, listener);
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

    /// <summary>A folder has the name that the file is to be written under.</summary>
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

    /// <summary>What ended the training is told, and that its epochs could not be saved is in the log.</summary>
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

    [Fact]
    public void Train_InStretchesOfHeldEpochs_LeavesACheckpointOfEachEnd()
    {
        using var fixture = Fixture(Never, null);
        TrainingJob whole = fixture.Job(Six);
        fixture.Train(whole);

        TrainingJob first = fixture.Job(Six) with { Epochs = new EpochRange(0, 3) };
        RecordingListener before = fixture.Train(first);
        TrainingJob second = fixture.Job(Six, resumeFrom: first.Folder) with { Epochs = new EpochRange(3, 6) };
        RecordingListener after = fixture.Train(second);

        Assert.Equal([1, 2, 3], before.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal([4, 5, 6], after.Epochs.Select(epoch => epoch.Epoch));
        AssertSameFiles(whole, second);
    }

    private static TrainingFixture Fixture(string seconds, string? memory) => memory is null
        ? new TrainingFixture(("Worker:CheckpointSeconds", seconds))
        : new TrainingFixture(("Worker:CheckpointSeconds", seconds), ("Worker:CheckpointMemoryBytes", memory));

    private static void CancelAfter(long step, CancellationTokenSource cancel)
    {
        if (step == (2 * Iterations) + 2)
        {
            cancel.Cancel();
        }
    }

    /// <summary>Ended in the third epoch: the checkpoint is that of the second, and another attempt goes on from there.</summary>
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

    /// <summary>All that is written into a pipe. By another program, because .NET locks what it opens.</summary>
    private static async Task<byte[]> ReadAsync(string pipe)
    {
        using Process cat = Process.Start(new ProcessStartInfo("cat", [pipe]) { RedirectStandardOutput = true })!;
        using var content = new MemoryStream();
        await cat.StandardOutput.BaseStream.CopyToAsync(content, TestContext.Current.CancellationToken);
        await cat.WaitForExitAsync(TestContext.Current.CancellationToken);
        return content.ToArray();
    }

    /// <summary>Finished epochs of the checkpoint in place.</summary>
    private static int EpochOf(TrainingJob job)
    {
        using SafetensorsContent content = SafetensorsFile.Read(Path.Combine(job.Folder, RunFiles.Checkpoint), requireChecksum: true);
        return RunCheckpoint.StateOf(content).Epoch;
    }

    private static void Copy(string folder, TrainingJob job, out TrainingJob to)
    {
        foreach (string path in Directory.GetFiles(job.Folder))
        {
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        }

        to = job with { Folder = folder };
    }
}
