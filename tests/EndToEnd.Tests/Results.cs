using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.TestSystem.Processes;

namespace Experiments.EndToEnd.Tests;

/// <summary>The results in which two ways of running the same sweep must agree.</summary>
internal static class Results
{
    /// <summary>Every point of every metric that does not depend on the machine's speed, by cell.</summary>
    public static async Task<SortedDictionary<string, string>> OfAsync(Api api, string sweepId)
    {
        var results = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (RunView run in await api.RunsAsync(sweepId))
        {
            foreach ((string name, List<SeriesPoint> points) in await api.MetricsAsync(run.Id))
            {
                if (!name.StartsWith("system/", StringComparison.Ordinal))
                {
                    results[$"{run.Cell} {name}"] = string.Join(' ', points.Select(point => $"{point.Step}:{point.Value:R}"));
                }
            }
        }

        return results;
    }

    /// <summary>The same without the points within an epoch, which a kill may cut off.</summary>
    public static async Task<Dictionary<string, string>> OfEpochsAsync(Api api, string sweepId) =>
        (await OfAsync(api, sweepId)).Where(result => !result.Key.Contains("batch/", StringComparison.Ordinal)).ToDictionary();

    /// <summary>The artifacts of a run without pretrained weights and compression, in alphabetical order.</summary>
    public static IReadOnlyList<string> Artifacts { get; } =
        ["best.safetensors", "config.json", "environment.json", "evaluation.json", "last.safetensors", "mistakes.json", "predictions.csv"];

    /// <summary>Checks that every run completed, with one point of the objective per epoch.</summary>
    public static async Task AssertCompleteAsync(Api api, string sweepId, int runs)
    {
        IReadOnlyList<RunView> all = await api.RunsAsync(sweepId);
        Assert.Equal(runs, all.Count);
        foreach (RunView run in all)
        {
            Assert.True(run.Status == RunStatus.Completed, $"run {run.Cell} is {run.Status}: {run.Failure?.Message}");
            Dictionary<string, List<SeriesPoint>> metrics = await api.MetricsAsync(run.Id);
            Assert.Equal(Enumerable.Range(1, run.Epochs).Select(epoch => (long)epoch), metrics["validation/accuracy"].Select(point => point.Step));
            Assert.Single(await api.AttemptsAsync(run.Id), attempt => attempt.Outcome == AttemptOutcome.Completed);
            Assert.Equal(Artifacts, run.Artifacts.Select(artifact => artifact.Name).Order());
        }
    }
}
