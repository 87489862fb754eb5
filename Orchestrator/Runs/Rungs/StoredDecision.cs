using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Runs.Rungs;

/// <summary>Converts the latest decision about a run to and from its stored form.</summary>
internal static class StoredDecision
{
    public static string Write(RunDecision decision) => JsonSerializer.Serialize(decision, ContractJson.Options);

    /// <returns>Null before the first decision.</returns>
    public static RunDecision? Find(Run run) => run.Decision is { } json ? JsonSerializer.Deserialize<RunDecision>(json, ContractJson.Options) : null;
}
