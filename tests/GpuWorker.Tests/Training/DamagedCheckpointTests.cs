using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using static Experiments.GpuWorker.Tests.Training.Interruption;

namespace Experiments.GpuWorker.Tests.Training;

/// <summary>Trainings whose checkpoint cannot be used.</summary>
[Collection(nameof(TrainingTests))]
public class DamagedCheckpointTests
{
    [Fact]
    public void Train_CheckpointCutShort_ResumesFromThePreviousOne()
    {
        using var fixture = new TrainingFixture();
        RecordingListener expected = fixture.Train(fixture.Job(Everything));
        TrainingJob first = fixture.Job(Everything);
        Stop(fixture, first, (2 * Iterations) + 3);
        CutShort(Path.Combine(first.Folder, RunFiles.Checkpoint));

        TrainingJob second = fixture.Job(Everything, resumeFrom: first.Folder);
        RecordingListener after = fixture.Train(second);

        Assert.Equal([1, 2, 3], after.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(expected.Reproducible.TakeLast(5), after.Reproducible.TakeLast(5));
        Assert.Contains(fixture.Log.Warnings, warning => warning.Contains(RunFiles.Checkpoint, StringComparison.Ordinal));
    }

    [Fact]
    public void Train_BothCheckpointsAltered_StartsAfreshWithAWarning()
    {
        using var fixture = new TrainingFixture();
        RecordingListener expected = fixture.Train(fixture.Job(Everything));
        TrainingJob first = fixture.Job(Everything);
        Stop(fixture, first, (2 * Iterations) + 3);
        Alter(Path.Combine(first.Folder, RunFiles.Checkpoint));
        Alter(Path.Combine(first.Folder, RunFiles.PreviousCheckpoint));

        RecordingListener after = fixture.Train(fixture.Job(Everything, resumeFrom: first.Folder));

        Assert.Equal(expected.Reproducible, after.Reproducible);
        Assert.Contains(fixture.Log.Warnings, warning => warning.Contains("starts from the beginning", StringComparison.Ordinal));
    }

    [Fact]
    public void Train_CheckpointOfAnotherConfiguration_StartsAfreshWithAWarning()
    {
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(Everything);
        Stop(fixture, first, Iterations + 3);

        RecordingListener after = fixture.Train(fixture.Job(Everything with { Model = "small_cnn", Epochs = 1 }, resumeFrom: first.Folder));

        Assert.Equal([1], after.Epochs.Select(epoch => epoch.Epoch));
        Assert.Contains(fixture.Log.Warnings, warning => warning.Contains("does not fit the run", StringComparison.Ordinal));
    }

    /// <summary>Its outputs would be assigned to other classes.</summary>
    [Fact]
    public void Train_ClassFolderRenamedBetweenAttempts_StartsAfreshWithAWarning()
    {
        using var images = new TemporaryFolder();
        Data.SampleImages.WriteClasses(images, "", 10, "0", "1", "2");
        var dataset = new DatasetSpec { Name = "imagefolder", Path = images.Path };
        Hyperparameters settings = Everything with { Epochs = 2, BatchSize = 8, ImageSize = 32, FreezeEpochs = 0 };
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(settings, dataset);
        Stop(fixture, first, 4);
        Directory.Move(images.File("0"), images.File("zero"));

        RecordingListener after = fixture.Train(fixture.Job(settings, dataset, first.Folder));

        Assert.Equal([1, 2], after.Epochs.Select(epoch => epoch.Epoch));
        Assert.Contains(fixture.Log.Warnings, warning => warning.Contains("it was made with other classes (0, 1, 2; now 1, 2, zero)", StringComparison.Ordinal));
    }

    private static void CutShort(string path)
    {
        using FileStream stream = File.OpenWrite(path);
        stream.SetLength(stream.Length - 1);
    }

    private static void Alter(string path)
    {
        byte[] content = File.ReadAllBytes(path);
        content[^5] ^= 1;
        File.WriteAllBytes(path, content);
    }
}
