using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Tests.Data;
using Experiments.GpuWorker.Tests.Training;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Tests.Inputs;

/// <summary>Runs whose inputs were recorded when they were planned, and changes to those inputs.</summary>
public abstract class PlannedRuns : IDisposable
{
    private protected static readonly DateTime Then = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private protected static readonly Hyperparameters Settings = TrainingFixture.Quick with { ImageSize = 16, BatchSize = 4, Epochs = 2 };

    private protected TemporaryFolder Folder { get; } = new();
    private protected TrainingFixture Fixture { get; } = new();

    protected PlannedRuns() => WriteImages();

    private protected string Images => Path.Combine(Folder.Path, "images");

    private protected DatasetSpec Own => new() { Name = "imagefolder", Path = Images };

    public void Dispose()
    {
        Fixture.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected TrainingJob Planned() => Planned(Own);

    private protected TrainingJob Planned(DatasetSpec dataset, string? weights = null)
    {
        Hyperparameters settings = weights is null ? Settings : Settings with { Pretrained = weights };
        SeenFiles? data = dataset.Path is { } path ? DatasetFiles.Look(dataset.Name, path, TestContext.Current.CancellationToken).Files.Seen : null;
        SeenFiles? file = weights is null ? null : FileSet.Look(weights).Describe([]);
        return Fixture.Job(settings, dataset) with { Inputs = new ExpectedInputs("planned", new RunInputs(data, file)) };
    }

    private protected string Fail(TrainingJob job)
    {
        TrainingException failure = Assert.Throws<TrainingException>(
            () => Fixture.Trainer.Train(job, new RecordingListener(), CancellationToken.None, CancellationToken.None));
        Assert.Equal(FailureKind.Data, failure.Kind);
        return failure.Message;
    }

    private protected DatasetFiles Files() => DatasetFiles.Look(Own.Name, Images, TestContext.Current.CancellationToken).Files;

    private protected string TrainWeights()
    {
        TrainingJob source = Fixture.Job(Settings with { Epochs = 1 });
        Fixture.Train(source);
        return Path.Combine(source.Folder, RunFiles.Best);
    }

    private protected void WriteImages()
    {
        foreach (string name in (string[])["a", "b"])
        {
            for (int i = 0; i < 8; i++)
            {
                SampleImages.WriteGradient(Folder.File("images", name, $"{i}.png"), 20 + i, 24);
                File.SetLastWriteTimeUtc(Folder.File("images", name, $"{i}.png"), Then);
            }
        }
    }

    private protected void Touch() => Touch(Images);

    private protected static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            File.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(file));
        }
    }

    private protected static void Touch(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, Then.AddDays(1));
        }
    }

    /// <summary>Another file of the same size: its last byte differs.</summary>
    private protected void Exchange() => Exchange(Folder.File("images", "a", "0.png"));

    private protected static void Exchange(string file)
    {
        byte[] content = File.ReadAllBytes(file);
        content[^1] ^= 1;
        File.WriteAllBytes(file, content);
    }

    private protected void Change(bool isRemoved)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Images, "a")))
        {
            if (isRemoved)
            {
                File.Delete(file);
            }
            else
            {
                File.SetLastWriteTimeUtc(file, Then.AddDays(1));
            }
        }
    }

    private protected void WriteCifar(int seed)
    {
        byte[] records = new byte[30 * 3073];
        new Random(seed).NextBytes(records);
        for (int i = 0; i < 30; i++)
        {
            records[i * 3073] = (byte)(i % 10);
        }

        foreach (string name in (string[])["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"])
        {
            string file = Folder.File("cifar", $"{name}.bin");
            File.WriteAllBytes(file, records);
            File.SetLastWriteTimeUtc(file, Then.AddDays(seed));
        }
    }
}
