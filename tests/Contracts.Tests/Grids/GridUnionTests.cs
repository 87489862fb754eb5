using CsCheck;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests.Grids;

public sealed class GridUnionTests
{
    [Fact]
    public void Extend_ExistingAxis_AddsOnlyNewValues()
    {
        SweepSpec grown = Extend("\"grid\": { \"seed\": [1, 2], \"epochs\": [3, 4] }", """{ "seed": [2, 5] }""");

        Assert.Equal(6, GridExpansion.Expand(grown).Cells.Count);
    }

    [Fact]
    public void Extend_NewAxis_KeepsTheValueSoFarAsOneOfIt()
    {
        SweepSpec grown = Extend("\"base\": { \"epochs\": 7 }, \"grid\": { \"seed\": [1, 2] }", """{ "epochs": [9] }""");

        Assert.Equal([7L, 9L], Assert.Single(grown.Grids).Axes[1].Values);
        Assert.Equal(4, GridExpansion.Expand(grown).Cells.Count);
    }

    [Fact]
    public void Extend_AnySpec_KeepsAllOldCells() =>
        Gen.Select(SpecGenerator.Spec, SpecGenerator.Spec).Sample((spec, other) =>
        {
            GridExpansionResult before = GridExpansion.Expand(spec);
            GridExpansionResult after = GridExpansion.Expand(GridUnion.Extend(spec, new GridExtension(other.Grids.Take(1).ToList(), AreAdded: false)));
            return before.Errors.Count > 0
                || after.Errors.Count > 0
                || !Settled(before).Except(Settled(after)).Any();
        });

    [Fact]
    public void Extend_AnySpecByGrids_KeepsAllOldCellsAndAddsThoseOfTheOther() =>
        Gen.Select(SpecGenerator.Spec, SpecGenerator.Spec).Sample((spec, other) =>
        {
            SweepSpec bare = spec with { Exclude = [] };
            GridExpansionResult before = GridExpansion.Expand(bare);
            GridExpansionResult added = GridExpansion.Expand(bare with { Grids = other.Grids });
            GridExpansionResult after = GridExpansion.Expand(GridUnion.Extend(bare, new GridExtension(other.Grids, AreAdded: true)));
            return before.Errors.Count > 0 || added.Errors.Count > 0
                || after.Errors.ContainsKey("grid.precision")
                || (Settled(after).Take(before.Cells.Count).SequenceEqual(Settled(before))
                    && Settled(after).ToHashSet().SetEquals(Settled(before).Union(other.Grids.Count > 0 ? Settled(added) : [])));
        });

    [Fact]
    public void Extend_SweepOfTwoGridsByAValue_AddsItToEach()
    {
        SweepSpec grown = Extend("\"grid\": [ { \"model\": [\"resnet18\"], \"learningRate\": [0.1] }, { \"model\": [\"vgg16\"] } ]", """{ "seed": [1, 2] }""");

        Assert.Equal(["resnet18", "resnet18", "resnet18", "vgg16", "vgg16", "vgg16"], GridExpansion.Expand(grown).Cells.Select(cell => cell.Hyperparameters.Model));
    }

    [Fact]
    public void Extend_SweepWithoutAGridByGrids_KeepsItsCell()
    {
        SweepSpec grown = Extend("\"base\": { \"seed\": 7 }", """[ { "seed": [8, 9] } ]""");

        Assert.Equal([7, 8, 9], GridExpansion.Expand(grown).Cells.Select(cell => cell.Hyperparameters.Seed));
    }

    private static IEnumerable<Hyperparameters> Settled(GridExpansionResult result) => result.Cells.Select(cell => HyperparameterEffects.Settle(cell.Hyperparameters));

    private static SweepSpec Extend(string members, string grid)
    {
        Assert.True(SweepSpecReader.TryReadGrid(SpecBuilder.Json(grid), out GridExtension? extension, out _));
        return GridUnion.Extend(SpecBuilder.Read(SpecBuilder.With(members)), extension);
    }
}
