using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.TestSystem.Chaos;

/// <summary>The sweeps under faults, and the reference sweeps.</summary>
internal static class ChaosSweeps
{
    /// <summary>Short runs that pause at rungs and share their frozen epochs: small networks; more come with more seeds.</summary>
    public const string Short = """
        name: short runs
        dataset: { name: digits, limit: 900 }
        base: { epochs: 4, batchSize: 32, augmentation: standard }
        grid:
          seed: [1]
          model: [small_cnn, lenet5]
          freezeEpochs: [1, 3]
        stopping: { rule: asha, factor: 2 }
        maxAttempts: 100
        reuse: false
        """;

    /// <summary>One long run, to detect a delivery that is held during the whole training.</summary>
    public static string Long(int epochs) => string.Create(CultureInfo.InvariantCulture, $$"""
        name: long run
        dataset: digits
        base: { epochs: {{epochs}}, model: small_cnn, augmentation: standard, seed: 3 }
        priority: 5
        maxAttempts: 100
        reuse: false
        """);

    /// <summary>One more seed, which adds the original number of cells again.</summary>
    public static string Extension(int seed) => string.Create(CultureInfo.InvariantCulture, $$"""{ "seed": [{{seed}}] }""");

    /// <summary>The same sweep under another name, without rungs and shared epochs, in the form of a sweep file.</summary>
    public static string Again(JsonElement spec)
    {
        JsonObject copy = JsonObject.Create(spec) ?? throw new ArgumentException("not a sweep", nameof(spec));
        copy["name"] = $"{copy["name"]}, without faults";
        copy.Remove("stopping");
        copy["share"] = false;
        return copy.ToJsonString();
    }

    /// <summary>How many cells the grid of a sweep has.</summary>
    public static int CellsOf(JsonElement spec) => spec.TryGetProperty("grid", out JsonElement grid)
        ? grid.EnumerateObject().Aggregate(1, (cells, axis) => cells * axis.Value.GetArrayLength())
        : 1;
}
