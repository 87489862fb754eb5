using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Tests.Data;
using Experiments.GpuWorker.Tests.Training;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Tests.Inputs;

/// <summary>A run is trained on what its key stands for, or fails.</summary>
[Collection(nameof(TrainingTests))]
public sealed class InputCheckTests : IDisposable
{
    private static readonly DateTime Then = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private static readonly Hyperparameters Settings = TrainingFixture.Quick with { ImageSize = 16, BatchSize = 4, Epochs = 2 };

    private readonly TemporaryFolder _folder = new();
    private readonly TrainingFixture _fixture = new();

    public InputCheckTests() => WriteImages();

    private string Images => Path.Combine(_folder.Path, "images");

    private DatasetSpec Own => new() { Name = "imagefolder", Path = Images };

    [Fact]
    public void Train_FolderAsItWas_TrainsWithoutAQuestion()
    {
        _fixture.Train(Planned());

        Assert.Empty(_fixture.Originals.Asked);
    }

    [Fact]
    public void Train_ImageAdded_FailsWithCountsAndName()
    {
        TrainingJob job = Planned();
        SampleImages.WriteGradient(_folder.File("images", "a", "new.png"), 20, 20);

        string message = Fail(job);

        Assert.Contains($"\"{Images}\" is not what it was when the run was planned: 16 files of ", message, StringComparison.Ordinal);
        Assert.Contains("17 files of ", message, StringComparison.Ordinal);
        Assert.Contains("changed or added since: \"a/new.png\". To continue, launch the sweep again", message, StringComparison.Ordinal);
        Assert.Empty(_fixture.Originals.Asked);
    }

    [Fact]
    public void Train_ImageRemoved_Fails()
    {
        TrainingJob job = Planned();
        File.Delete(_folder.File("images", "b", "3.png"));

        Assert.Contains("16 files of ", Fail(job), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_FileThatNoTrainingReads_MakesNoDifference()
    {
        TrainingJob job = Planned();
        File.WriteAllText(_folder.File("images", "a", "readme.txt"), "new");
        File.WriteAllText(_folder.File("images", "sweep.yaml"), "new");

        _fixture.Train(job);
    }

    /// <summary>As on a worker that has a copy of its own.</summary>
    [Fact]
    public void Train_SameContentWithOtherTimes_TrainsAndAsksOnce()
    {
        TrainingJob first = Planned();
        TrainingJob second = Planned();
        _fixture.Originals.Content = new InputContent(Files().Used.ReadContent(TestContext.Current.CancellationToken), null);
        Touch();

        _fixture.Train(first);
        _fixture.Train(second);

        Assert.Equal([("planned", RunInput.Data)], _fixture.Originals.Asked);
    }

    /// <summary>Folders of the same names, sizes and times are not the same folder.</summary>
    [Fact]
    public void Train_AnotherFolderThatLooksTheSame_IsComparedByItself()
    {
        TrainingJob first = Planned();
        string other = _folder.Folder("other");
        Copy(Images, other);
        TrainingJob second = Planned(Own with { Path = other });
        _fixture.Originals.Content = new InputContent(Files().Used.ReadContent(TestContext.Current.CancellationToken), null);
        Touch(Images);
        _fixture.Train(first);
        Exchange(Path.Combine(other, "a", "0.png"));
        Touch(other);

        Assert.Contains("the contents are not", Fail(second), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OtherContentOfTheSameSize_Fails()
    {
        TrainingJob job = Planned();
        _fixture.Originals.Content = new InputContent(Files().Used.ReadContent(TestContext.Current.CancellationToken), null);
        Exchange();

        string message = Fail(job);

        Assert.Contains("names and sizes are the same, the contents are not; changed or added since: \"a/0.png\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OtherTimesAndNobodyKnowsTheContent_Fails()
    {
        TrainingJob job = Planned();
        _fixture.Originals.Content = new InputContent(null, "they have changed where the Orchestrator runs, too");
        Touch();

        string message = Fail(job);

        Assert.Contains("may not be what it was when the run was planned", message, StringComparison.Ordinal);
        Assert.Contains("and what was in the files then is not known: they have changed where the Orchestrator runs, too", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_ClaimOfAnEarlierVersion_TrainsOnWhatIsThere()
    {
        TrainingJob job = Planned() with { Inputs = null };
        File.Delete(_folder.File("images", "b", "3.png"));

        _fixture.Train(job);
    }

    [Fact]
    public void Train_ResumedOnAFolderThatChanged_Fails()
    {
        TrainingJob first = Planned();
        Interruption.Stop(_fixture, first, iteration: 3);
        TrainingJob second = Planned() with { ResumeFolder = first.Folder };
        File.Delete(_folder.File("images", "b", "3.png"));

        Assert.Contains("is not what it was", Fail(second), StringComparison.Ordinal);
    }

    /// <summary>Images that do not fit into memory are read again in each epoch; one that changed is not a corrupt one, which might be left out.</summary>
    [Theory]
    [InlineData(true, "is gone")]
    [InlineData(false, "has changed")]
    public void Train_ImageChangesBetweenEpochs_Fails(bool isRemoved, string expected)
    {
        using var fixture = new TrainingFixture(("Worker:DatasetMemoryBytes", "1000"));
        TrainingJob job = fixture.Job(Settings, Own with { SkipCorrupt = true });
        var listener = new RecordingListener { OnEpoch = _ => Change(isRemoved) };

        TrainingException failure = Assert.Throws<TrainingException>(() => fixture.Train(job, listener));

        Assert.Equal(FailureKind.Data, failure.Kind);
        Assert.Contains($"{expected} since the images of its data set were listed; launch the sweep again", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_CifarFilesChanged_Fails()
    {
        WriteCifar(seed: 1);
        TrainingJob job = Planned(new DatasetSpec { Name = "cifar10", Path = _folder.Folder("cifar"), Limit = 20 });
        WriteCifar(seed: 2);

        Assert.Contains("data set \"cifar10\" in ", Fail(job), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_FileBesideThoseOfCifar_MakesNoDifference()
    {
        WriteCifar(seed: 1);
        TrainingJob job = Planned(new DatasetSpec { Name = "cifar10", Path = _folder.Folder("cifar"), Limit = 20 });
        File.WriteAllText(_folder.File("cifar", "notes.txt"), "new");

        _fixture.Train(job);
    }

    [Fact]
    public void Train_WeightsReplaced_FailsAndNamesTheFile()
    {
        string weights = TrainWeights();
        TrainingJob job = Planned(TrainingFixture.Digits(limit: 100), weights);
        File.AppendAllText(weights, "x");

        string message = Fail(job);

        Assert.StartsWith($"pretrained \"{weights}\" is not what it was when the run was planned: 1 file of ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_WeightsWithOtherTimes_AreReadAndTaken()
    {
        string weights = TrainWeights();
        TrainingJob job = Planned(TrainingFixture.Digits(limit: 100), weights);
        _fixture.Originals.Content = new InputContent(FileSet.Look(weights).ReadContent(TestContext.Current.CancellationToken), null);
        File.SetLastWriteTimeUtc(weights, Then);

        _fixture.Train(job);

        Assert.Equal([("planned", RunInput.Weights)], _fixture.Originals.Asked);
    }

    /// <summary>Its initial weights are in the checkpoint.</summary>
    [Fact]
    public void Train_ResumedWithoutItsWeights_Trains()
    {
        string weights = TrainWeights();
        TrainingJob first = Planned(TrainingFixture.Digits(limit: 100), weights);
        Interruption.Stop(_fixture, first, iteration: 3);
        TrainingJob second = Planned(TrainingFixture.Digits(limit: 100), weights) with { ResumeFolder = first.Folder };
        File.Delete(weights);

        _fixture.Train(second);
    }

    public void Dispose()
    {
        _fixture.Dispose();
        _folder.Dispose();
    }

    private TrainingJob Planned() => Planned(Own);

    private TrainingJob Planned(DatasetSpec dataset, string? weights = null)
    {
        Hyperparameters settings = weights is null ? Settings : Settings with { Pretrained = weights };
        SeenFiles? data = dataset.Path is { } path ? DatasetFiles.Look(dataset.Name, path, TestContext.Current.CancellationToken).Files.Seen : null;
        SeenFiles? file = weights is null ? null : FileSet.Look(weights).Describe([]);
        return _fixture.Job(settings, dataset) with { Inputs = new ExpectedInputs("planned", new RunInputs(data, file)) };
    }

    private string Fail(TrainingJob job)
    {
        TrainingException failure = Assert.Throws<TrainingException>(
            () => _fixture.Trainer.Train(job, new RecordingListener(), CancellationToken.None, CancellationToken.None));
        Assert.Equal(FailureKind.Data, failure.Kind);
        return failure.Message;
    }

    private DatasetFiles Files() => DatasetFiles.Look(Own.Name, Images, TestContext.Current.CancellationToken).Files;

    private string TrainWeights()
    {
        TrainingJob source = _fixture.Job(Settings with { Epochs = 1 });
        _fixture.Train(source);
        return Path.Combine(source.Folder, RunFiles.Best);
    }

    private void WriteImages()
    {
        foreach (string name in (string[])["a", "b"])
        {
            for (int i = 0; i < 8; i++)
            {
                SampleImages.WriteGradient(_folder.File("images", name, $"{i}.png"), 20 + i, 24);
                File.SetLastWriteTimeUtc(_folder.File("images", name, $"{i}.png"), Then);
            }
        }
    }

    private void Touch() => Touch(Images);

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            File.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(file));
        }
    }

    private static void Touch(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, Then.AddDays(1));
        }
    }

    /// <summary>Another file of the same size: its last byte differs.</summary>
    private void Exchange() => Exchange(_folder.File("images", "a", "0.png"));

    private static void Exchange(string file)
    {
        byte[] content = File.ReadAllBytes(file);
        content[^1] ^= 1;
        File.WriteAllBytes(file, content);
    }

    private void Change(bool isRemoved)
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

    private void WriteCifar(int seed)
    {
        byte[] records = new byte[30 * 3073];
        new Random(seed).NextBytes(records);
        for (int i = 0; i < 30; i++)
        {
            records[i * 3073] = (byte)(i % 10);
        }

        foreach (string name in (string[])["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"])
        {
            string file = _folder.File("cifar", $"{name}.bin");
            File.WriteAllBytes(file, records);
            File.SetLastWriteTimeUtc(file, Then.AddDays(seed));
        }
    }
}
