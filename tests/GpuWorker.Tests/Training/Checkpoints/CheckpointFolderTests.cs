using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training.Checkpoints;
using static Experiments.GpuWorker.Tests.Training.Interruption;

namespace Experiments.GpuWorker.Tests.Training.Checkpoints;

/// <summary>A process may die between any two steps of replacing a checkpoint and its best weights.</summary>
[Collection(nameof(TrainingTests))]
public sealed class CheckpointFolderTests : IDisposable
{
    private static readonly Hyperparameters Settings = Everything with { Epochs = 4, FreezeEpochs = 0 };

    private readonly TrainingFixture _fixture = new();

    /// <param name="goal">The goal for the training loss, which falls: either each epoch is the best so far, or the first one stays the best.</param>
    [Theory]
    [InlineData(Goal.Minimize, 6)]
    [InlineData(Goal.Maximize, 3)]
    public void SaveInSteps_EndedAfterAnyOfThem_LeavesWhatResumesToTheSameBits(Goal goal, int expectedSteps)
    {
        TrainingJob whole = Job(goal);
        RecordingListener expected = _fixture.Train(whole);
        (TrainingJob second, TrainingJob third) = TwoAndThreeEpochs(goal);
        using SafetensorsContent checkpoint = Read(third, RunFiles.Checkpoint);
        using SafetensorsContent best = Read(third, RunFiles.Best);
        SafetensorsDraft? newBest = goal == Goal.Minimize ? Draft(best) : null;

        int all = new CheckpointFolder(Copy(second).Folder).SaveInSteps(Draft(checkpoint), newBest).Count();
        Assert.Equal(expectedSteps, all);
        for (int steps = 0; steps <= all; steps++)
        {
            TrainingJob killed = Copy(second);
            string[] done = [.. new CheckpointFolder(killed.Folder).SaveInSteps(Draft(checkpoint), newBest).Take(steps)];
            TrainingJob resumed = Job(goal, killed.Folder);
            RecordingListener after = _fixture.Train(resumed);

            Assert.Equal([1, 2, 3, 4], after.Epochs.Select(epoch => epoch.Epoch));
            Assert.Equal(steps == all ? [4] : [3, 4], after.Trained.Select(epoch => epoch.Epoch));
            Assert.Equal(expected.Reproducible.TakeLast(after.Reproducible.Count()), after.Reproducible);
            AssertSameFiles(whole, resumed);
            Assert.DoesNotContain(_fixture.Log.Warnings, warning => warning.Contains("from the beginning", StringComparison.Ordinal));
            TestContext.Current.TestOutputHelper!.WriteLine($"{goal}: ended after {(done.Length == 0 ? "nothing" : done[^1])}");
        }
    }

    [Fact]
    public void TakeOver_NewestCheckpointDamaged_TakesTheBestWeightsOfTheOneBefore()
    {
        (_, TrainingJob third) = TwoAndThreeEpochs(Goal.Minimize);
        File.WriteAllText(Path.Combine(third.Folder, RunFiles.Checkpoint), "damaged");
        TrainingJob next = Job(Goal.Minimize, third.Folder);

        using SafetensorsContent taken = new ResumePoint(_fixture.Log).TakeOver(next)!;

        Assert.Equal((2, 2), (RunCheckpoint.StateOf(taken).Epoch, EpochOf(next, RunFiles.Best)));
    }

    /// <summary>Another process may replace the checkpoint at any time.</summary>
    [Fact]
    public async Task TakeOver_CheckpointReplacedMeanwhile_CopiesTheOneThatItRead()
    {
        (TrainingJob second, TrainingJob third) = TwoAndThreeEpochs(Goal.Minimize);
        byte[][] versions = [.. new[] { second, third }.Select(job => File.ReadAllBytes(Path.Combine(job.Folder, RunFiles.Checkpoint)))];
        string checkpoint = Path.Combine(third.Folder, RunFiles.Checkpoint);
        using var done = new CancellationTokenSource();
        Task replacing = Task.Run(
            () =>
            {
                for (int i = 0; !done.IsCancellationRequested; i++)
                {
                    AtomicFile.Write(checkpoint, stream => stream.Write(versions[i % versions.Length]));
                }
            },
            TestContext.Current.CancellationToken);

        for (int i = 0; i < 50; i++)
        {
            TrainingJob next = Job(Goal.Minimize, third.Folder);
            using SafetensorsContent taken = new ResumePoint(_fixture.Log).TakeOver(next)!;
            using SafetensorsContent copied = Read(next, RunFiles.Checkpoint);
            Assert.Equal(RunCheckpoint.StateOf(taken).Epoch, RunCheckpoint.StateOf(copied).Epoch);
            Assert.Equal(RunCheckpoint.StateOf(taken).Epoch, EpochOf(next, RunFiles.Best));
        }

        await done.CancelAsync();
        await replacing;
    }

    /// <summary>They would be mistaken for those of another epoch.</summary>
    [Fact]
    public void TakeOver_BestWeightsOfAnotherEpoch_IsRefusedWithAWarning()
    {
        (TrainingJob second, TrainingJob third) = TwoAndThreeEpochs(Goal.Minimize);
        File.Copy(Path.Combine(third.Folder, RunFiles.Best), Path.Combine(second.Folder, RunFiles.Best), overwrite: true);
        File.Delete(Path.Combine(second.Folder, RunFiles.PreviousBest));

        Assert.Null(new ResumePoint(_fixture.Log).TakeOver(Job(Goal.Minimize, second.Folder)));
        Assert.Contains(_fixture.Log.Warnings, warning => warning.Contains(
            "the weights of its best epoch, 2, are missing: best.safetensors is of epoch 3; checkpoint.best.safetensors is not there", StringComparison.Ordinal));
    }

    [Fact]
    public void TakeOver_EpochsWithoutTheObjective_IsRefusedWithAWarning()
    {
        (TrainingJob second, _) = TwoAndThreeEpochs(Goal.Minimize);
        TrainingJob next = Job(Goal.Minimize, second.Folder) with { Objective = new ObjectiveSpec("validation/f1", Goal.Maximize) };

        Assert.Null(new ResumePoint(_fixture.Log).TakeOver(next));
        Assert.Contains(_fixture.Log.Warnings, warning => warning.Contains("its epochs have no validation/f1", StringComparison.Ordinal));
    }

    [Fact]
    public void Save_CheckpointCannotBeWritten_LeavesEverythingAsItWas()
    {
        (TrainingJob second, TrainingJob third) = TwoAndThreeEpochs(Goal.Minimize);
        using SafetensorsContent checkpoint = Read(third, RunFiles.Checkpoint);
        using SafetensorsContent best = Read(third, RunFiles.Best);
        Dictionary<string, byte[]> before = Contents(second);
        var broken = new SafetensorsDraft([.. Draft(checkpoint).Tensors], new Unreadable());

        TrainingException failure = Assert.Throws<TrainingException>(() => new CheckpointFolder(second.Folder).Save(broken, Draft(best), "epoch 3, iteration 21"));

        Assert.Equal(FailureKind.Crash, failure.Kind);
        Assert.Equal("the checkpoint of epoch 3, iteration 21 could not be saved: the disk is gone. The checkpoint before it is intact", failure.Message);
        Assert.Equal(before, Contents(second));
    }

    public void Dispose() => _fixture.Dispose();

    /// <summary>The folders of the same run after two epochs and, resumed from there, after three.</summary>
    private (TrainingJob Second, TrainingJob Third) TwoAndThreeEpochs(Goal goal)
    {
        TrainingJob second = Job(goal) with { Epochs = new EpochRange(0, 2) };
        _fixture.Train(second);
        TrainingJob third = Copy(second);
        TrainingJob from = Copy(second);
        _fixture.Train(Job(goal, from.Folder) with { Epochs = new EpochRange(0, 3), Folder = third.Folder });
        return (second, third);
    }

    private TrainingJob Job(Goal goal, string? resumeFrom = null) =>
        _fixture.Job(Settings, resumeFrom: resumeFrom) with { Objective = new ObjectiveSpec(MetricNames.TrainLoss, goal) };

    private TrainingJob Copy(TrainingJob job)
    {
        TrainingJob copy = job with { Folder = _fixture.Job(Settings).Folder };
        foreach ((string name, byte[] content) in Contents(job))
        {
            File.WriteAllBytes(Path.Combine(copy.Folder, name), content);
        }

        return copy;
    }

    private static Dictionary<string, byte[]> Contents(TrainingJob job) =>
        Directory.GetFiles(job.Folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);

    private static int EpochOf(TrainingJob job, string name)
    {
        using SafetensorsContent content = Read(job, name);
        return WeightsDescription.Read(content.Metadata).Epoch;
    }

    private static SafetensorsContent Read(TrainingJob job, string name) => SafetensorsFile.Read(Path.Combine(job.Folder, name), requireChecksum: true);

    private static SafetensorsDraft Draft(SafetensorsContent content) => new([.. content.Names.Select(name => (name, content[name]))], content.Metadata);

    /// <summary>Texts on a broken disk.</summary>
    private sealed class Unreadable : Dictionary<string, string>, IReadOnlyDictionary<string, string>
    {
        IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => throw new IOException("the disk is gone");
    }
}
