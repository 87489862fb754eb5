using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>The last and best value of each metric of a run, updated with every epoch. Pure.</summary>
public static class RunSummary
{
    /// <summary>Adds the metrics of one epoch. Adding the same epoch again has no effect.</summary>
    public static IReadOnlyDictionary<string, MetricSummary> Add(
        IReadOnlyDictionary<string, MetricSummary> summary, int epoch, IReadOnlyDictionary<string, double> metrics, bool isNewest)
    {
        var result = new SortedDictionary<string, MetricSummary>(summary.ToDictionary(), StringComparer.Ordinal);
        foreach ((string name, double value) in metrics.Where(metric => double.IsFinite(metric.Value)))
        {
            result[name] = result.TryGetValue(name, out MetricSummary? before)
                ? Merge(before, new ObjectiveSpec(name, MetricNames.GoalOf(name)), epoch, value, isNewest)
                : new MetricSummary(value, value, epoch);
        }

        return result;
    }

    public static IReadOnlyDictionary<string, MetricSummary> Read(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, MetricSummary>>(json, ContractJson.Options)!;

    public static string Write(IReadOnlyDictionary<string, MetricSummary> summary) =>
        JsonSerializer.Serialize(summary, ContractJson.Options);

    private static MetricSummary Merge(MetricSummary before, ObjectiveSpec objective, int epoch, double value, bool isNewest)
    {
        // On a tie the earlier epoch wins, regardless of the order of reports.
        bool isBetter = objective.IsBetter(value, before.Best) || (value == before.Best && epoch < before.BestEpoch);
        return new MetricSummary(
            isNewest ? value : before.Last,
            isBetter ? value : before.Best,
            isBetter ? epoch : before.BestEpoch);
    }
}
