using System.Text.Json;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests;

/// <summary>Shortcuts for building specs.</summary>
internal static class SpecBuilder
{
    public const string Quickstart = """
        {
          "name": "digits-quickstart",
          "dataset": "digits",
          "objective": { "metric": "validation/accuracy", "goal": "maximize" },
          "base": { "epochs": 5, "batchSize": 64, "optimizer": "adam", "weightDecay": 1e-4, "seed": 42 },
          "grid": {
            "model": ["small_cnn", "resnet18"],
            "learningRate": [1e-3, 3e-4],
            "freezeEpochs": [0, 2],
            "augmentation": ["none", "standard"]
          },
          "exclude": [ { "model": "small_cnn", "freezeEpochs": 2 } ],
          "priority": 0,
          "maxAttempts": 3,
          "reuse": true,
          "tags": ["demo"]
        }
        """;

    public static JsonElement Json(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static SweepSpec Read(string json)
    {
        bool read = SweepSpecReader.TryRead(Json(json), out SweepSpec? spec, out IReadOnlyDictionary<string, string[]> errors);
        Assert.True(read, string.Join("; ", errors.Select(error => $"{error.Key}: {string.Join(", ", error.Value)}")));
        return spec!;
    }

    public static IReadOnlyDictionary<string, string[]> Errors(string json)
    {
        Assert.False(SweepSpecReader.TryRead(Json(json), out _, out IReadOnlyDictionary<string, string[]> errors));
        return errors;
    }

    /// <summary>A minimal sweep with the given extra members.</summary>
    public static string With(string members) => $$"""{ "name": "s", "dataset": "digits", {{members}} }""";
}
