using CsCheck;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Tests.Sweeps;

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

        Assert.Equal([7L, 9L], grown.Grid[1].Values);
        Assert.Equal(4, GridExpansion.Expand(grown).Cells.Count);
    }

    [Fact]
    public void Extend_AnySpec_KeepsAllOldCells() =>
        Gen.Select(SpecGenerator.Spec, SpecGenerator.Spec).Sample((spec, other) =>
        {
            GridExpansionResult before = GridExpansion.Expand(spec);
            GridExpansionResult after = GridExpansion.Expand(GridUnion.Extend(spec, other.Grid));
            return before.Errors.Count > 0
                || after.Errors.Count > 0
                || !before.Cells.Select(cell => cell.Hyperparameters).Except(after.Cells.Select(cell => cell.Hyperparameters)).Any();
        });

    private static SweepSpec Extend(string members, string grid)
    {
        Assert.True(SweepSpecReader.TryReadGrid(SpecBuilder.Json(grid), out IReadOnlyList<GridAxis>? axes, out _));
        return GridUnion.Extend(SpecBuilder.Read(SpecBuilder.With(members)), axes);
    }
}
