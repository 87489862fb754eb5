using System.Diagnostics;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Microsoft.Extensions.Time.Testing;
using static Experiments.GpuWorker.Tests.Training.Checkpoints.CheckpointRuns;
using static Experiments.GpuWorker.Tests.Training.Interruption;

namespace Experiments.GpuWorker.Tests.Training.Checkpoints;

/// <summary>Checkpoints that are written while training continues, and epochs that share one.</summary>
[Collection(nameof(TrainingTests))]
public sealed class CheckpointKeeperTests
{
    /// <summary>The checkpoint is written to a pipe, which blocks until it is read.</summary>
    [Fact]
    public async Task Train_WhileACheckpointIsWritten_TrainsTheNextEpochAndNoFurther()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes in folders are there on Linux");
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(Everything) with { Epochs = new EpochRange(0, 1) };
        fixture.Train(first);
        TrainingJob job = fixture.Job(Everything);
        string pipe = AtomicFile.PreparedPath(Path.Combine(job.Folder, RunFiles.Checkpoint));
        await NamedPipe.CreateAsync(pipe);

        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = new RecordingListener { OnTrained = epoch => _ = epoch == 2 && second.TrySetResult() };
        Task training = Task.Factory.StartNew(
            () => fixture.Train(job, listener), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await await Task.WhenAny(second.Task, training);

        Assert.Equal(2 * Iterations, listener.Metrics.Where(metric => metric.Name == MetricNames.BatchLoss).Max(metric => metric.Step));
        Assert.Empty(listener.Epochs);
        byte[] written = await ReadAsync(pipe);
        await training;

        // The state at the end of the epoch, except for the times of epochs.
        string copy = Path.Combine(first.Folder, "copy.safetensors");
        await File.WriteAllBytesAsync(copy, written, TestContext.Current.CancellationToken);
        using SafetensorsContent actual = SafetensorsFile.Read(copy, requireChecksum: true);
        using SafetensorsContent expected = SafetensorsFile.Read(Path.Combine(first.Folder, RunFiles.Checkpoint), requireChecksum: true);
        Assert.Equal(expected.Names, actual.Names);
        Assert.All(expected.Names, name => Assert.Equal(expected[name].bytes.ToArray(), actual[name].bytes.ToArray()));
        Assert.Equal([1, 2, 3], listener.Epochs.Select(epoch => epoch.Epoch));
    }

    [Fact]
    public void Train_EpochsShorterThanCheckpointSeconds_ShareACheckpointAndAreReportedInOrderOnceItIsStored()
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
            OnEpoch = epoch => Assert.True(epoch <= EpochOf(job), $"epoch {epoch} is reported; the checkpoint is of epoch {EpochOf(job)}"),
        };

        fixture.Train(job, listener);

        // An epoch is reported during the next one or at its end.
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

    /// <summary>The process loses its memory: only the folder at that moment is left.</summary>
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

    /// <summary>Reads everything written to a pipe, with another program, because .NET locks files that it opens.</summary>
    private static async Task<byte[]> ReadAsync(string pipe)
    {
        using Process cat = Process.Start(new ProcessStartInfo("cat", [pipe]) { RedirectStandardOutput = true })!;
        using var content = new MemoryStream();
        await cat.StandardOutput.BaseStream.CopyToAsync(content, TestContext.Current.CancellationToken);
        await cat.WaitForExitAsync(TestContext.Current.CancellationToken);
        return content.ToArray();
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
