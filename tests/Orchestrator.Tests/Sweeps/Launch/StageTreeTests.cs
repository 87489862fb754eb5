using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Sweeps.Launch;
using Experiments.Orchestrator.Sweeps.Planning;

namespace Experiments.Orchestrator.Tests.Sweeps.Launch;

public sealed class StageTreeTests
{
    private static readonly Hyperparameters Ten = Hyperparameters.Default with { Epochs = 10 };

    [Fact]
    public void RunsThatShareNothing_TrainAllTheirEpochs() => AssertTrained(0, [10, 10], (Ten, null), (Ten, null));

    /// <summary>A tree with stages of 2, 3 and 3 epochs; all epochs of the last run are frozen.</summary>
    [Fact]
    public void FrozenEpochs_AreTrainedOnce() =>
        AssertTrained(8, [10, 8, 5, 2], Alike(Ten with { FreezeEpochs = 2 }, Ten with { FreezeEpochs = 5 }, Ten with { FreezeEpochs = 8 }, Ten with { FreezeEpochs = 10 }));

    [Fact]
    public void TheOrderOfRuns_DoesNotChangeTheSum() =>
        AssertTrained(8, [10, 8, 5, 2], Alike(Ten with { FreezeEpochs = 5 }, Ten with { FreezeEpochs = 2 }, Ten with { FreezeEpochs = 10 }, Ten with { FreezeEpochs = 8 }));

    /// <summary>Two branches after the same beginning, each with two runs.</summary>
    [Fact]
    public void Branches_ShareAmongThemselves() =>
        AssertTrained(
            3 + 4 + 4,
            [10, 3, 7, 3],
            Alike(
                Ten with { FreezeEpochs = 3, BackboneLearningRate = 1e-4 },
                Ten with { FreezeEpochs = 3, BackboneLearningRate = 1e-4, Pruning = 0.5, PruningEpochs = 2 },
                Ten with { FreezeEpochs = 3, BackboneLearningRate = 1e-5 },
                Ten with { FreezeEpochs = 3, BackboneLearningRate = 1e-5, Pruning = 0.5, PruningEpochs = 2 }));

    [Fact]
    public void ThousandsThatBeginAlike_AreCounted()
    {
        var tree = new StageTree([.. Enumerable.Range(1, 5000).Select(cell => Plan(cell, Ten with { FreezeEpochs = 1, BackboneLearningRate = cell * 1e-6 }, "same"))]);

        Assert.Equal((1, 5000 * 9 + 1), (tree.Shared, tree.Trained.Sum()));
    }

    private static (Hyperparameters, string?)[] Alike(params Hyperparameters[] runs) => [.. runs.Select(run => (run, (string?)"same"))];

    private static void AssertTrained(int shared, int[] trained, params (Hyperparameters Hyperparameters, string? Stage)[] runs)
    {
        var tree = new StageTree([.. runs.Index().Select(run => Plan(run.Index + 1, run.Item.Hyperparameters, run.Item.Stage))]);

        Assert.Equal(trained, tree.Trained);
        Assert.Equal(shared, tree.Shared);
    }

    private static PlannedRun Plan(int cell, Hyperparameters hyperparameters, string? stage) =>
        new(cell, hyperparameters, $"{cell}") { Inputs = new RunInputs(null, null), StageKey = stage };
}
