using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;

namespace Experiments.Orchestrator.Tests.Search;

public sealed class SweepExpansionTests
{
    private const string Space = """
        "space": {
          "learningRate": { "min": 1e-5, "max": 1e-1, "scale": "log" },
          "weightDecay": { "min": 0, "max": 0.01, "step": 0.002 },
          "freezeEpochs": { "min": 0, "max": 5 },
          "optimizer": ["adam", "sgd"]
        }
        """;

    [Theory]
    [InlineData("random")]
    [InlineData("quasirandom")]
    public void Expand_EqualSeeds_GiveEqualCellsAndOtherSeedsOthers(string sampler)
    {
        Assert.Equal(Cells(sampler, seed: 7), Cells(sampler, seed: 7));
        Assert.Empty(Cells(sampler, seed: 7).Select(cell => cell.Hyperparameters.LearningRate).Intersect(Cells(sampler, seed: 8).Select(cell => cell.Hyperparameters.LearningRate)));
    }

    [Theory]
    [InlineData("random")]
    [InlineData("quasirandom")]
    public void Expand_AnyDraw_IsInItsRange(string sampler)
    {
        IReadOnlyList<GridCell> cells = Cells(sampler, seed: 1);

        Assert.Equal(100, cells.Count);
        Assert.All(cells, cell =>
        {
            Assert.InRange(cell.Hyperparameters.LearningRate, 1e-5, 0.1);
            Assert.Contains(cell.Hyperparameters.WeightDecay, new[] { 0, 0.002, 0.004, 0.006, 0.008, 0.01 });
            Assert.InRange(cell.Hyperparameters.FreezeEpochs, 0, 5);
        });
        Assert.Equal([OptimizerKind.Sgd, OptimizerKind.Adam], cells.Select(cell => cell.Hyperparameters.Optimizer).Distinct().Order());
        Assert.Equal(6, cells.Select(cell => cell.Hyperparameters.FreezeEpochs).Distinct().Count());

        // On a log scale the geometric mean is the middle of the range.
        Assert.InRange(cells.Count(cell => cell.Hyperparameters.LearningRate < 1e-3), 35, 65);
    }

    [Fact]
    public void Expand_AnyDraw_KeepsItsKeyWhenItIsCopiedAsShown() =>
        Assert.All(Cells("random", seed: 3), cell =>
        {
            string shown = HyperparameterDefinition.Format(cell.Hyperparameters.LearningRate);
            GridExpansionResult copied = SweepExpansion.Expand(Read(
                $$"""
                "base": { "learningRate": {{shown}}, "weightDecay": {{HyperparameterDefinition.Format(cell.Hyperparameters.WeightDecay)}}, "freezeEpochs": {{cell.Hyperparameters.FreezeEpochs}}, "optimizer": "{{cell.Hyperparameters.Optimizer.ToString().ToLowerInvariant()}}" }
                """));
            Assert.Equal(
                RunKey.Of(cell.Hyperparameters, new DatasetSpec { Name = "digits" }, ObjectiveSpec.Default, ""),
                RunKey.Of(Assert.Single(copied.Cells).Hyperparameters, new DatasetSpec { Name = "digits" }, ObjectiveSpec.Default, ""));
        });

    [Fact]
    public void Expand_GridAndSpace_DrawsTheSameInEveryCell()
    {
        IReadOnlyList<GridCell> cells = SweepExpansion.Expand(Read(
            $$"""
            "grid": { "model": ["small_cnn", "resnet18"] }, {{Space}}, "search": { "runs": 10 }
            """)).Cells;

        Assert.Equal(20, cells.Count);
        Assert.All(cells.Chunk(2), pair =>
        {
            Assert.Equal(["small_cnn", "resnet18"], pair.Select(cell => cell.Hyperparameters.Model));
            Assert.Equal(pair[0].Hyperparameters with { Model = "resnet18", SmallInput = pair[1].Hyperparameters.SmallInput }, pair[1].Hyperparameters);
        });
    }

    [Fact]
    public void Expand_SmallSpace_GivesEveryConfigurationOnceAndWarns()
    {
        GridExpansionResult result = SweepExpansion.Expand(Read("\"space\": { \"seed\": { \"min\": 1, \"max\": 40 } }, \"search\": { \"runs\": 50 }"));

        Assert.Equal(Enumerable.Range(1, 40), result.Cells.Select(cell => (int)cell.Hyperparameters.Seed).Order());
        Assert.Equal("search.runs", Assert.Single(result.Warnings).Path);
    }

    [Fact]
    public void Expand_StepThatMakesAContinuum_IsRefused()
    {
        GridExpansionResult result = SweepExpansion.Expand(Read("\"space\": { \"dropout\": { \"min\": 0, \"max\": 0.5, \"step\": 1e-12 } }, \"search\": { \"runs\": 5 }"));

        Assert.Contains("write a larger step", Assert.Single(result.Errors["space.dropout"]), StringComparison.Ordinal);
    }

    private static IReadOnlyList<GridCell> Cells(string sampler, int seed) =>
        SweepExpansion.Expand(Read($$"""{{Space}}, "search": { "sampler": "{{sampler}}", "runs": 100, "seed": {{seed}} }""")).Cells;

    private static SweepSpec Read(string members)
    {
        using var json = JsonDocument.Parse($$"""{ "name": "s", "dataset": "digits", {{members}} }""");
        Assert.True(SweepSpecReader.TryRead(json.RootElement, out SweepSpec? spec, out _));
        return spec;
    }
}
