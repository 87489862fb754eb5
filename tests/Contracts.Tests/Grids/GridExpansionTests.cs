using CsCheck;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests.Grids;

public sealed class GridExpansionTests
{
    [Fact]
    public void Expand_Quickstart_GivesTwelveCells()
    {
        GridExpansionResult result = GridExpansion.Expand(SpecBuilder.Read(SpecBuilder.Quickstart));

        Assert.Equal(12, result.Cells.Count);
        Assert.Equal(0, result.Duplicates);
        Assert.Equal(Enumerable.Range(1, 12), result.Cells.Select(cell => cell.Number));
        Assert.DoesNotContain(result.Cells, cell => cell.Hyperparameters is { Model: "small_cnn", FreezeEpochs: 2 });
        Assert.All(result.Cells, cell => Assert.Equal(32, cell.Hyperparameters.ImageSize));
    }

    [Fact]
    public void Expand_TwoAxes_VariesTheLastOneFastest()
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With("\"grid\": { \"seed\": [1, 2], \"epochs\": [3, 4] }"));

        Assert.Equal(
            [(1L, 3), (1L, 4), (2L, 3), (2L, 4)],
            GridExpansion.Expand(spec).Cells.Select(cell => (cell.Hyperparameters.Seed, cell.Hyperparameters.Epochs)));
    }

    [Theory]
    [InlineData("\"grid\": { \"precision\": [\"auto\", \"float32\"] }", "float32")]
    [InlineData("\"base\": { \"precision\": \"auto\" }, \"grid\": [ { \"seed\": [1, 2] }, { \"precision\": [\"bfloat16\"] } ]", "bfloat16")]
    public void Expand_AutoNextToAPrecision_IsRefused(string rest, string other)
    {
        IReadOnlyDictionary<string, string[]> errors = GridExpansion.Expand(SpecBuilder.Read(SpecBuilder.With(rest))).Errors;

        Assert.Contains($"\"auto\" chooses between float32 and bfloat16 and cannot be combined with \"{other}\"", Assert.Single(errors["grid.precision"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"grid\": { \"learningRate\": [0.001, 1e-3, 0.01] }", 2, 1)]
    [InlineData("\"grid\": { \"imageSize\": [null, 32] }", 1, 1)]
    [InlineData("\"grid\": { \"epochs\": [5, 5.0, 5e0] }", 1, 2)]
    [InlineData("\"grid\": { \"optimizer\": [\"adam\"], \"momentum\": [0.8, 0.9, 0.95] }", 1, 2)]
    [InlineData("\"grid\": { \"optimizer\": [\"adam\", \"sgd\"], \"momentum\": [0.8, 0.9] }", 3, 1)]
    [InlineData("\"base\": { \"epochs\": 5 }, \"grid\": { \"freezeEpochs\": [4, 5, 6, 7] }", 2, 2)]
    [InlineData("\"base\": { \"epochs\": 5, \"scheduler\": \"step\" }, \"grid\": { \"schedulerStepSize\": [4, 5, 50] }", 2, 1)]
    public void Expand_EqualCells_Collapse(string members, int cells, int duplicates)
    {
        GridExpansionResult result = GridExpansion.Expand(SpecBuilder.Read(SpecBuilder.With(members)));

        Assert.Equal((cells, duplicates), (result.Cells.Count, result.Duplicates));
    }

    [Fact]
    public void Expand_CellsThatDifferInWhatHasNoEffect_KeepWhatTheFirstSays() =>
        Assert.Equal(0.8, Assert.Single(GridExpansion.Expand(SpecBuilder.Read(SpecBuilder.With("\"grid\": { \"momentum\": [0.8, 0.95] }"))).Cells).Hyperparameters.Momentum);

    [Fact]
    public void Expand_NoGrid_GivesTheBaseAsOneCell() =>
        Assert.Equal(7, Assert.Single(GridExpansion.Expand(SpecBuilder.Read(SpecBuilder.With("\"base\": { \"epochs\": 7 }"))).Cells).Hyperparameters.Epochs);

    [Fact]
    public void Expand_KeyInBaseAndGrid_GridWins() =>
        Assert.Equal(3, Assert.Single(GridExpansion.Expand(SpecBuilder.Read(SpecBuilder.With("\"base\": { \"epochs\": 7 }, \"grid\": { \"epochs\": [3] }"))).Cells).Hyperparameters.Epochs);

    [Fact]
    public void Expand_ExclusionOfABaseValue_Applies()
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With(
            "\"base\": { \"epochs\": 7 }, \"grid\": { \"seed\": [1, 2, 3] }, \"exclude\": [ { \"epochs\": 7, \"seed\": [1, 2] }, { \"epochs\": 8, \"seed\": 3 } ]"));

        Assert.Equal(3, Assert.Single(GridExpansion.Expand(spec).Cells).Hyperparameters.Seed);
    }

    [Fact]
    public void Expand_EverythingExcluded_SaysSo()
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With("\"grid\": { \"seed\": [1] }, \"exclude\": [ { \"seed\": 1 } ]"));

        Assert.Contains("exclude", GridExpansion.Expand(spec).Errors);
    }

    [Fact]
    public void Expand_MoreThanMaxRuns_IsRefusedWithBothNumbers()
    {
        string hundred = string.Join(',', Enumerable.Range(1, 100));
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With($"\"grid\": {{ \"seed\": [{hundred}], \"epochs\": [{hundred}], \"batchSize\": [{hundred}] }}"));

        GridExpansionResult result = GridExpansion.Expand(spec);

        Assert.Empty(result.Cells);
        Assert.Contains("1,000,000", result.Errors["grid"][0], StringComparison.Ordinal);
        Assert.Contains("100,000", result.Errors["grid"][0], StringComparison.Ordinal);
    }

    [Fact]
    public void CountCells_ProductBeyondLong_DoesNotOverflow()
    {
        string many = string.Join(',', Enumerable.Range(1, 9_999));
        string axes = string.Join(", ", new[] { "seed", "epochs", "batchSize", "schedulerStepSize", "schedulerPatience" }.Select(name => $"\"{name}\": [{many}]"));

        Assert.Equal(long.MaxValue, GridExpansion.CountCells(SpecBuilder.Read(SpecBuilder.With($"\"grid\": {{ {axes} }}"))));
    }

    [Fact]
    public void Expand_ImageTooSmallForTheModel_NamesTheCell()
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With("\"grid\": { \"imageSize\": [32, 16], \"model\": [\"resnet18\"] }"));

        string problem = Assert.Single(GridExpansion.Expand(spec).Errors["grid"]);
        Assert.Contains("combination 2", problem, StringComparison.Ordinal);
        Assert.Contains("at least 32", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"epochs\": 3, \"warmupEpochs\": 3", "warmupEpochs 3 leaves none of 3 epochs")]
    [InlineData("\"epochs\": 2, \"pruning\": 0.5, \"pruningEpochs\": 2", "pruningEpochs 2 leaves none of 2 epochs")]
    public void Expand_EpochsThatDoNotAddUp_SaysSo(string members, string expected)
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With($"\"base\": {{ {members} }}"));

        Assert.Contains(expected, Assert.Single(GridExpansion.Expand(spec).Errors["grid"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Expand_AnySpec_CellsAreDistinctNumberedAndCounted() =>
        SpecGenerator.Spec.Sample(spec =>
        {
            GridExpansionResult result = GridExpansion.Expand(spec);
            return result.Errors.Count > 0
                || (result.Cells.Count + result.Duplicates == GridExpansion.CountCells(spec)
                    && result.Cells.Select(cell => cell.Hyperparameters).Distinct().Count() == result.Cells.Count
                    && result.Cells.Select(cell => cell.Number).SequenceEqual(Enumerable.Range(1, result.Cells.Count)));
        });

    [Fact]
    public void Expand_AnySpec_EqualsFilteringTheWholeProduct() =>
        SpecGenerator.Spec.Sample(spec =>
        {
            GridExpansionResult result = GridExpansion.Expand(spec);
            return result.Errors.Count > 0
                || result.Cells.Select(cell => cell.Hyperparameters).SequenceEqual(Naive(spec).DistinctBy(HyperparameterEffects.Settle));
        });

    [Fact]
    public void Expand_TwoGrids_NumbersTheirCellsOnAndTakesEqualOnesOnce()
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With(
            """
            "base": { "epochs": 7 },
            "grid": [
              { "model": ["resnet18"], "learningRate": [0.1, 0.01] },
              { "model": ["vgg16", "resnet18"], "learningRate": [0.01], "seed": [42, 43] }
            ],
            "exclude": [ { "model": "vgg16", "seed": 43 } ]
            """));

        GridExpansionResult result = GridExpansion.Expand(spec);

        Assert.Equal(
            [(1, 0, "resnet18", 0.1, 42L), (2, 0, "resnet18", 0.01, 42L), (3, 1, "vgg16", 0.01, 42L), (4, 1, "resnet18", 0.01, 43L)],
            result.Cells.Select(cell => (cell.Number, cell.Grid, cell.Hyperparameters.Model, cell.Hyperparameters.LearningRate, cell.Hyperparameters.Seed)));
        Assert.Equal((1, 5L), (result.Duplicates, GridExpansion.CountCells(spec)));
    }

    private static IEnumerable<Hyperparameters> Naive(SweepSpec spec) =>
        spec.Grids.Count == 0 ? Naive(spec, new Grid([])) : spec.Grids.SelectMany(grid => Naive(spec, grid));

    private static IEnumerable<Hyperparameters> Naive(SweepSpec spec, Grid grid)
    {
        IEnumerable<Hyperparameters> cells = [spec.Base.Aggregate(Hyperparameters.Default, (h, a) => a.Hyperparameter.Set(h, a.Value))];
        foreach (GridAxis axis in grid.Axes)
        {
            cells = cells.SelectMany(cell => axis.Values.Select(value => axis.Hyperparameter.Set(cell, value)));
        }

        return cells
            .Where(cell => !spec.Exclude.Any(exclusion => exclusion.Matches.All(match => match.Values.Contains(match.Hyperparameter.Get(cell)))))
            .Select(cell => CellDefaults.Resolve(cell, spec.Dataset));
    }
}
