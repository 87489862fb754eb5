using System.Text.Json;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;
using Experiments.Orchestrator.Search.Stopping;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Runs.Rungs;

/// <summary>Converts the stopping rule of a sweep to and from its stored form.</summary>
internal static class StoredRule
{
    /// <returns>Null for a sweep that trains every run to its last epoch.</returns>
    public static string? Write(SweepSpec spec) => Of(spec) is { } settings ? JsonSerializer.Serialize(settings) : null;

    /// <returns>Null for a sweep that trains every run to its last epoch.</returns>
    public static StoppingSettings? Of(SweepSpec spec) => spec.Stopping is { } stopping
        ? new StoppingSettings(EnumText.Of(stopping.Rule), StoppingBudget.Of(spec))
        {
            MinEpochs = stopping.MinEpochs,
            Factor = stopping.Factor,
            LowerIsBetter = spec.Objective.Goal == Goal.Minimize,
        }
        : null;

    /// <returns>Null for a sweep without a rule.</returns>
    public static IStoppingRule? Find(Sweep sweep) => sweep.StoppingRule is { } json ? StoppingRules.Create(Read(json)) : null;

    public static StoppingSettings Read(string json) => JsonSerializer.Deserialize<StoppingSettings>(json) ?? throw new JsonException("not a stopping rule: null");
}
