using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using static Experiments.GpuWorker.Tests.Training.Interruption;

namespace Experiments.GpuWorker.Tests.Training;

/// <summary>The files of a training that ends early, and the reports of one that resumes from them.</summary>
[Collection(nameof(TrainingTests))]
public class StoppedTrainingTests
{
    [Theory]
    [InlineData(0, new[] { 1, 2, 3 })]
    [InlineData(1, new[] { 2, 3 })]
    [InlineData(2, new[] { 3 })]
    public void Train_ResumedFromACheckpointThatIsAhead_ReportsTheUnreportedEpochs(int known, int[] told)
    {
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(Everything);
        RecordingListener before = Stop(fixture, first, (2 * Iterations) + 2);

        TrainingJob second = fixture.Job(Everything, resumeFrom: first.Folder);
        RecordingListener after = fixture.Train(second with { Epochs = second.Epochs with { First = known } });

        Assert.Equal(told, after.Epochs.Select(epoch => epoch.Epoch));
        Assert.All(after.Epochs.Where(epoch => epoch.Epoch <= 2), epoch => Assert.Equal(before.Epochs[epoch.Epoch - 1].Metrics, epoch.Metrics));
        Assert.DoesNotContain(after.Metrics, metric => metric.Name == "batch/loss" && metric.Step <= (2 * Iterations) + 2);
    }

    [Fact]
    public void Train_ResumedAtTheEnd_CompletesWithoutTraining()
    {
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(Everything);
        fixture.Train(first);

        TrainingJob second = fixture.Job(Everything, resumeFrom: first.Folder);
        RecordingListener after = fixture.Train(second);

        Assert.Equal([1, 2, 3], after.Epochs.Select(epoch => epoch.Epoch));
        Assert.Empty(after.Metrics);
        AssertSameFiles(first, second);
    }

    [Fact]
    public void Train_Cancelled_ThrowsAndSavesNothing()
    {
        using var fixture = new TrainingFixture();
        using var cancel = new CancellationTokenSource();
        TrainingJob job = fixture.Job(Everything);
        var listener = new RecordingListener { OnIteration = _ => cancel.Cancel() };

        Assert.Throws<OperationCanceledException>(() => fixture.Trainer.Train(job, listener, CancellationToken.None, cancel.Token));

        Assert.False(File.Exists(Path.Combine(job.Folder, RunFiles.Checkpoint)));
    }

    [Fact]
    public void Train_StoppedBeforeTheFirstIteration_KeepsWhatItWasGiven()
    {
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(Everything);
        Stop(fixture, first, Iterations + 2);
        TrainingJob second = fixture.Job(Everything, resumeFrom: first.Folder);

        TrainingOutcome outcome = fixture.Trainer.Train(second, new RecordingListener(), new CancellationToken(true), CancellationToken.None);

        Assert.Equal(TrainingOutcome.Stopped, outcome);
        Assert.True(File.Exists(Path.Combine(second.Folder, RunFiles.Best)));
        Assert.Equal([1, 2, 3], fixture.Train(fixture.Job(Everything, resumeFrom: second.Folder)).Epochs.Select(epoch => epoch.Epoch));
    }
}
