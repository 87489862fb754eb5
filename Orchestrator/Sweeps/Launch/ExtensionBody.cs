using System.Text.Json;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Sweeps.Launch;

/// <summary>Reads <c>{ grid: { … } }</c>, or <c>{ grid: [ { … }, … ] }</c>.</summary>
internal static class ExtensionBody
{
    private const string Grid = "grid";

    /// <exception cref="ApiException">It has another form.</exception>
    public static GridExtension Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(Grid, out JsonElement grid))
        {
            throw ApiException.BadRequest(Grid, "missing; allowed: a mapping from hyperparameters to lists of values, or a list of grids");
        }

        if (body.EnumerateObject().FirstOrDefault(property => property.Name != Grid) is { Value.ValueKind: not JsonValueKind.Undefined } other)
        {
            throw ApiException.BadRequest(Quote.Shorten(other.Name), $"unknown key: \"{Quote.Shorten(other.Name)}\"; allowed: {Grid}");
        }

        return SweepSpecReader.TryReadGrid(grid, out GridExtension? extension, out IReadOnlyDictionary<string, string[]> errors)
            ? extension
            : throw ApiException.BadRequest(errors);
    }
}
