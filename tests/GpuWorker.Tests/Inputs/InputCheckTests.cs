using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Tests.Data;
using Experiments.GpuWorker.Tests.Training;

namespace Experiments.GpuWorker.Tests.Inputs;

/// <summary>A run trains on the class folders that its key refers to, or fails.</summary>
[Collection(nameof(TrainingTests))]
public sealed class InputCheckTests : PlannedRuns
{
    [Fact]
    public void Train_FolderAsItWas_TrainsWithoutAQuestion()
    {
        Fixture.Train(Planned());

        Assert.Empty(Fixture.Originals.Asked);
    }

    [Fact]
    public void Train_ImageAdded_FailsWithCountsAndName()
    {
        TrainingJob job = Planned();
        SampleImages.WriteGradient(Folder.File("images", "a", "new.png"), 20, 20);

        string message = Fail(job);

        Assert.Contains($"\"{Images}\" is not what it was when the run was planned: 16 files of ", message, StringComparison.Ordinal);
        Assert.Contains("17 files of ", message, StringComparison.Ordinal);
        Assert.Contains("changed or added since: \"a/new.png\". To continue, launch the sweep again", message, StringComparison.Ordinal);
        Assert.Empty(Fixture.Originals.Asked);
    }

    [Fact]
    public void Train_ImageRemoved_Fails()
    {
        TrainingJob job = Planned();
        File.Delete(Folder.File("images", "b", "3.png"));

        Assert.Contains("16 files of ", Fail(job), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_FileThatNoTrainingReads_MakesNoDifference()
    {
        TrainingJob job = Planned();
        File.WriteAllText(Folder.File("images", "a", "readme.txt"), "new");
        File.WriteAllText(Folder.File("images", "sweep.yaml"), "new");

        Fixture.Train(job);
    }

    /// <summary>Happens on a worker with its own copy of the files.</summary>
    [Fact]
    public void Train_SameContentWithOtherTimes_TrainsAndAsksOnce()
    {
        TrainingJob first = Planned();
        TrainingJob second = Planned();
        Fixture.Originals.Content = new InputContent(Files().Used.ReadContent(TestContext.Current.CancellationToken), null);
        Touch();

        Fixture.Train(first);
        Fixture.Train(second);

        Assert.Equal([("planned", RunInput.Data)], Fixture.Originals.Asked);
    }

    /// <summary>Folders of the same names, sizes and times are not the same folder.</summary>
    [Fact]
    public void Train_AnotherFolderThatLooksTheSame_IsComparedByItself()
    {
        TrainingJob first = Planned();
        string other = Folder.Folder("other");
        Copy(Images, other);
        TrainingJob second = Planned(Own with { Path = other });
        Fixture.Originals.Content = new InputContent(Files().Used.ReadContent(TestContext.Current.CancellationToken), null);
        Touch(Images);
        Fixture.Train(first);
        Exchange(Path.Combine(other, "a", "0.png"));
        Touch(other);

        Assert.Contains("the contents are not", Fail(second), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OtherContentOfTheSameSize_Fails()
    {
        TrainingJob job = Planned();
        Fixture.Originals.Content = new InputContent(Files().Used.ReadContent(TestContext.Current.CancellationToken), null);
        Exchange();

        string message = Fail(job);

        Assert.Contains("names and sizes are the same, the contents are not; changed or added since: \"a/0.png\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OtherTimesAndUnknownContent_Fails()
    {
        TrainingJob job = Planned();
        Fixture.Originals.Content = new InputContent(null, "they have changed where the Orchestrator runs, too");
        Touch();

        string message = Fail(job);

        Assert.Contains("may not be what it was when the run was planned", message, StringComparison.Ordinal);
        Assert.Contains("and what was in the files then is not known: they have changed where the Orchestrator runs, too", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_ClaimOfAnEarlierVersion_TrainsOnWhatIsThere()
    {
        TrainingJob job = Planned() with { Inputs = null };
        File.Delete(Folder.File("images", "b", "3.png"));

        Fixture.Train(job);
    }

    [Fact]
    public void Train_ResumedOnAFolderThatChanged_Fails()
    {
        TrainingJob first = Planned();
        Interruption.Stop(Fixture, first, iteration: 3);
        TrainingJob second = Planned() with { ResumeFolder = first.Folder };
        File.Delete(Folder.File("images", "b", "3.png"));

        Assert.Contains("is not what it was", Fail(second), StringComparison.Ordinal);
    }

    /// <summary>Images that do not fit into memory are read again in each epoch; a changed image is not treated as corrupt and skipped.</summary>
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
}
