using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>Converts the input files that a run's key covers to and from their stored form.</summary>
internal static class InputsJson
{
    /// <returns>Null where there are none.</returns>
    public static string? Write(RunInputs inputs) => inputs is { Data: null, Weights: null } ? null : JsonSerializer.Serialize(inputs, ContractJson.Options);

    /// <returns>Null where nothing is stored.</returns>
    public static RunInputs? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<RunInputs>(json, ContractJson.Options);
}
