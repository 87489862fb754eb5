using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Tests.Training;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Tests.Inputs;

/// <summary>A run trains on the CIFAR files and weights that its key refers to, or fails.</summary>
[Collection(nameof(TrainingTests))]
public sealed class FileInputCheckTests : PlannedRuns
{
    [Fact]
    public void Train_CifarFilesChanged_Fails()
    {
        WriteCifar(seed: 1);
        TrainingJob job = Planned(new DatasetSpec { Name = "cifar10", Path = Folder.Folder("cifar"), Limit = 20 });
        WriteCifar(seed: 2);

        Assert.Contains("data set \"cifar10\" in ", Fail(job), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_FileNextToThoseOfCifar_MakesNoDifference()
    {
        WriteCifar(seed: 1);
        TrainingJob job = Planned(new DatasetSpec { Name = "cifar10", Path = Folder.Folder("cifar"), Limit = 20 });
        File.WriteAllText(Folder.File("cifar", "notes.txt"), "new");

        Fixture.Train(job);
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
        Fixture.Originals.Content = new InputContent(FileSet.Look(weights).ReadContent(TestContext.Current.CancellationToken), null);
        File.SetLastWriteTimeUtc(weights, Then);

        Fixture.Train(job);

        Assert.Equal([("planned", RunInput.Weights)], Fixture.Originals.Asked);
    }

    /// <summary>Its initial weights are in the checkpoint.</summary>
    [Fact]
    public void Train_ResumedWithoutItsWeights_Trains()
    {
        string weights = TrainWeights();
        TrainingJob first = Planned(TrainingFixture.Digits(limit: 100), weights);
        Interruption.Stop(Fixture, first, iteration: 3);
        TrainingJob second = Planned(TrainingFixture.Digits(limit: 100), weights) with { ResumeFolder = first.Folder };
        File.Delete(weights);

        Fixture.Train(second);
    }
}
