using System.Text.Json;
using Experiments.Contracts.Documents;

namespace Experiments.Contracts.Sweeps;

/// <summary>Reads and writes the <c>grid</c> block: one grid, or a list of grids.</summary>
internal static class GridBlock
{
    private const string Path = "grid";
    private const int MostGrids = 1000;
    private const string Example = "a grid such as { learningRate: [1e-3, 3e-4] }, or a list of grids";

    /// <returns>None for one grid without axes, which is the same as no grid.</returns>
    public static IReadOnlyList<Grid> Read(JsonElement json, SpecErrors errors)
    {
        IReadOnlyList<Grid> grids = json.ValueKind == JsonValueKind.Array
            ? ReadList(json, errors)
            : [new Grid(HyperparameterBlocks.ReadAxes(json, Path, errors))];
        return grids is [{ Axes.Count: 0 }] ? [] : grids;
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<Grid> grids)
    {
        if (grids.Count == 0 || grids is [{ Axes.Count: 0 }])
        {
            return;
        }

        writer.WritePropertyName(Path);
        if (grids.Count == 1)
        {
            AxisBlock.Write(writer, grids[0].Axes);
            return;
        }

        writer.WriteStartArray();
        foreach (Grid grid in grids)
        {
            AxisBlock.Write(writer, grid.Axes);
        }

        writer.WriteEndArray();
    }

    private static IReadOnlyList<Grid> ReadList(JsonElement json, SpecErrors errors)
    {
        if (json.GetArrayLength() is 0 or > MostGrids)
        {
            string what = json.GetArrayLength() == 0 ? "empty list" : "too many grids";
            errors.Add(Path, $"{what}: {ProblemText.Quote(json)}; allowed: {Example} of at most {MostGrids}");
            return [];
        }

        return [.. json.EnumerateArray().Select((element, index) => new Grid(HyperparameterBlocks.ReadAxes(element, $"{Path}[{index}]", errors)))];
    }
}
