using System.Globalization;
using CsCheck;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests.Grids;

public sealed class SpaceExpansionTests
{
    [Fact]
    public void Expand_GridWithSpace_DrawsTheSameInEveryCombination()
    {
        GridExpansionResult result = Expand(
            """
            "grid": { "model": ["small_cnn", "resnet18"] },
            "space": { "learningRate": { "min": 0.001, "max": 0.5 } },
            "search": { "runs": 3 }
            """,
            index => [0.001 * (index + 1)]);

        Assert.Equal(
            [("small_cnn", 0.001), ("resnet18", 0.001), ("small_cnn", 0.002), ("resnet18", 0.002), ("small_cnn", 0.003), ("resnet18", 0.003)],
            result.Cells.Select(cell => (cell.Hyperparameters.Model, cell.Hyperparameters.LearningRate)));
        Assert.Equal(Enumerable.Range(1, 6), result.Cells.Select(cell => cell.Number));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Expand_RepeatedDraw_IsReplacedByTheNext()
    {
        GridExpansionResult result = Expand(
            "\"space\": { \"seed\": { \"min\": 1, \"max\": 9 } }, \"search\": { \"runs\": 3 }", index => [(long)(1 + (index / 2))]);

        Assert.Equal([1, 2, 3], result.Cells.Select(cell => cell.Hyperparameters.Seed));
        Assert.Equal(0, result.Duplicates);
    }

    [Fact]
    public void Expand_DrawThatDiffersOnlyWithoutEffect_IsReplacedByTheNext()
    {
        // Adam has no momentum.
        GridExpansionResult result = Expand(
            "\"space\": { \"momentum\": { \"min\": 0, \"max\": 0.9 }, \"seed\": { \"min\": 0, \"max\": 9 } }, \"search\": { \"runs\": 2 }",
            index => [0.1 * (index % 5), (long)(index / 5)]);

        Assert.Equal([(0.0, 0L), (0.0, 1L)], result.Cells.Select(cell => (cell.Hyperparameters.Momentum, cell.Hyperparameters.Seed)));
    }

    [Fact]
    public void Expand_AxisWithoutEffectInTheGrid_CollapsesAsDuplicates()
    {
        GridExpansionResult result = Expand(
            "\"grid\": { \"momentum\": [0.8, 0.9] }, \"space\": { \"seed\": { \"min\": 0, \"max\": 99 } }, \"search\": { \"runs\": 4 }", index => [(long)index]);

        Assert.Equal((4, 4, 4), (result.Cells.Count, result.Duplicates, result.Merged.Count));
    }

    [Fact]
    public void Expand_FewerConfigurationsThanRuns_WarnsHowManyAreMissing()
    {
        GridExpansionResult result = Expand("\"space\": { \"seed\": [1, 2, 3] }, \"search\": { \"runs\": 8 }", index => [(long)(1 + (index % 3))]);

        Assert.Equal(3, result.Cells.Count);
        SweepWarning warning = Assert.Single(result.Warnings);
        Assert.Equal("search.runs", warning.Path);
        Assert.StartsWith("5 fewer runs than asked for", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Expand_ExcludedDraws_AreReplacedOnlyWhereTheyAreExcluded()
    {
        GridExpansionResult result = Expand(
            """
            "grid": { "model": ["small_cnn", "resnet18"] },
            "space": { "seed": { "min": 0, "max": 99 } },
            "search": { "runs": 2 },
            "exclude": [ { "model": "resnet18", "seed": [0, 1] } ]
            """,
            index => [(long)index]);

        Assert.Equal(
            [("small_cnn", 0L), ("resnet18", 2L), ("small_cnn", 1L), ("resnet18", 3L)],
            result.Cells.Select(cell => (cell.Hyperparameters.Model, cell.Hyperparameters.Seed)));
    }

    [Fact]
    public void Expand_ImpossibleDraws_AreReplacedAndTold()
    {
        GridExpansionResult result = Expand(
            "\"base\": { \"epochs\": 3 }, \"space\": { \"warmupEpochs\": { \"min\": 0, \"max\": 5 } }, \"search\": { \"runs\": 2 }", index => [5L - index]);

        Assert.Equal([2, 1], result.Cells.Select(cell => cell.Hyperparameters.WarmupEpochs));
        Assert.Equal(
            "3 draws cannot be trained and are replaced by others: warmupEpochs 5 leaves none of 3 epochs; allowed: fewer than epochs", Assert.Single(result.Warnings).Message);
    }

    [Fact]
    public void Expand_CombinationWithoutPossibleDraw_IsRefused()
    {
        GridExpansionResult result = Expand(
            "\"grid\": { \"imageSize\": [32, 16] }, \"base\": { \"model\": \"resnet18\" }, \"space\": { \"seed\": { \"min\": 0, \"max\": 99 } }, \"search\": { \"runs\": 2 }",
            index => [(long)index]);

        Assert.Contains("combination 2 of the grid: no draw is possible: imageSize 16", Assert.Single(result.Errors["space"]), StringComparison.Ordinal);
        Assert.Empty(result.Cells);
    }

    [Fact]
    public void Expand_MoreThanMaxRuns_IsRefusedWithBothNumbers()
    {
        GridExpansionResult result = Expand(
            "\"maxRuns\": 100, \"grid\": { \"epochs\": [1, 2, 3] }, \"space\": { \"seed\": { \"min\": 0, \"max\": 99 } }, \"search\": { \"runs\": 50 }", index => [(long)index]);

        Assert.Equal("too many combinations: 150, 50 runs for each of the grid's; allowed: at most 100 (maxRuns)", Assert.Single(result.Errors["search.runs"]));
    }

    [Fact]
    public void Expand_MoreRuns_BeginsWithTheSameCells() =>
        SpecGenerator.SpecWithSpace.Sample(spec =>
        {
            GridExpansionResult few = SpaceExpansion.Expand(spec, index => Cycle(spec, index));
            GridExpansionResult many = SpaceExpansion.Expand(
                GridUnion.Extend(spec, new GridExtension([], AreAdded: false) { Runs = spec.Search!.Runs + 3 }), index => Cycle(spec, index));
            return few.Errors.Count > 0 || many.Errors.Count > 0 || many.Cells.Take(few.Cells.Count).SequenceEqual(few.Cells);
        });

    [Theory]
    [InlineData("\"runs\": 5", "runs", "not more than its 5 runs: 5; allowed: a whole number from 6")]
    [InlineData("\"grid\": { \"seed\": [5] }", "grid.seed", "drawn from the sweep's space: \"seed\"")]
    public void Check_ExtensionOfASpace_RefusesWhatItCannotMean(string members, string path, string expected)
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With("\"space\": { \"seed\": [1, 2] }, \"search\": { \"runs\": 5 }"));

        Assert.True(SweepSpecReader.TryReadExtension(SpecBuilder.Json($"{{ {members} }}"), out GridExtension? extension, out _));
        Assert.StartsWith(expected, Assert.Single(GridUnion.Check(spec, extension)[path]), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_RunsWithoutASpace_AreRefused()
    {
        IReadOnlyDictionary<string, string[]> errors = GridUnion.Check(SpecBuilder.Read(SpecBuilder.Quickstart), new GridExtension([], AreAdded: false) { Runs = 9 });

        Assert.Contains("no space to draw from", Assert.Single(errors["runs"]), StringComparison.Ordinal);
    }

    private static GridExpansionResult Expand(string members, Func<int, IReadOnlyList<object?>> draw) =>
        SpaceExpansion.Expand(SpecBuilder.Read(SpecBuilder.With(members)), draw);

    /// <summary>Each axis walks through its values in turn.</summary>
    private static IReadOnlyList<object?> Cycle(SweepSpec spec, int index) =>
        [.. spec.Space.Select(axis => axis switch
        {
            ChoiceAxis choice => choice.Values[index % choice.Values.Count],
            RangeAxis { Hyperparameter.Kind: HyperparameterKind.Integer } range => (long)range.Minimum + (index % (long)(range.Maximum - range.Minimum)),
            RangeAxis range => range.Minimum + (0.01 * (index % 50)),
            _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"no value for {axis}")),
        })];
}
