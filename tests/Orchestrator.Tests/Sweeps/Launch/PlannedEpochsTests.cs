using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Sweeps.Launch;
using Experiments.Orchestrator.Sweeps.Planning;

namespace Experiments.Orchestrator.Tests.Sweeps.Launch;

public sealed class PlannedEpochsTests
{
    private static readonly Hyperparameters Run = Hyperparameters.Default with { Epochs = 27 };

    [Fact]
    public void Of_WithoutARule_PlansAllThatIsNotReused() =>
        Assert.Equal(new SweepStages(0, 4 * 27, 3 * 27), PlannedEpochs.Of(Spec(null), [Run, Run, Run], Tree(2), toCome: 1));

    [Fact]
    public void Of_Asha_PlansAThirdPastEachRung() =>
        Assert.Equal(new SweepStages(0, 9 * 27, 9 * (3 + 2 + 2)), PlannedEpochs.Of(Spec(new StoppingSpec(StoppingKind.Asha, 3, 3)), [.. Enumerable.Repeat(Run, 9)], Tree(9), toCome: 0));

    /// <summary>Rungs after 1, 3 and 9 epochs: the brackets leave out the first 0, 1, 2 or 3 of them.</summary>
    [Fact]
    public void ShareTrained_Hyperband_IsTheMeanOfItsBrackets()
    {
        double[] weights = [27 / 4.0, 9 / 3.0, 3 / 2.0, 1];
        double[] epochs = [1 + (2 / 3.0) + (6 / 9.0) + (18 / 27.0), 3 + (6 / 3.0) + (18 / 9.0), 9 + (18 / 3.0), 27];

        Assert.Equal(weights.Zip(epochs).Sum(bracket => bracket.First * bracket.Second) / (weights.Sum() * 27), PlannedEpochs.ShareTrained(Spec(new StoppingSpec(StoppingKind.Hyperband, 1, 3))), 12);
    }

    [Fact]
    public void ShareTrained_Median_IsNotPredicted() => Assert.Equal(1, PlannedEpochs.ShareTrained(Spec(new StoppingSpec(StoppingKind.Median, 1, 3))));

    private static StageTree Tree(int runs) => new([.. Enumerable.Range(1, runs).Select(cell => new PlannedRun(cell, Run, $"{cell}") { Inputs = new RunInputs(null, null) })]);

    private static SweepSpec Spec(StoppingSpec? stopping) => new()
    {
        Name = "s",
        Dataset = new DatasetSpec { Name = "digits" },
        Base = [new Assignment(HyperparameterCatalog.All.Single(definition => definition.Name == "epochs"), 27L)],
        Stopping = stopping,
    };
}
