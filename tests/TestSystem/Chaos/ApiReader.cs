using System.Security.Cryptography;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.TestSystem.Processes;

namespace Experiments.TestSystem.Chaos;

/// <summary>Reads a sweep's results over the API, and downloads the weights.</summary>
internal static class ApiReader
{
    private static readonly string[] Weights = ["last.safetensors", ArtifactNames.BestWeights];

    public static async Task<SweepRecord> ReadAsync(Api api, string sweepId, ChaosLog log)
    {
        SweepView sweep = await api.SweepAsync(sweepId);
        var runs = new List<RunRecord>();
        foreach (RunView run in await api.RunsAsync(sweepId))
        {
            runs.Add(await ReadAsync(api, run, log));
        }

        return new SweepRecord($"API, {sweep.Name}", ChaosSweeps.CellsOf(sweep.Spec), runs);
    }

    private static async Task<RunRecord> ReadAsync(Api api, RunView run, ChaosLog log) => new()
    {
        Id = run.Id,
        Cell = run.Cell,
        Key = run.Key,
        Status = run.Status,
        Attempt = run.Attempt,
        Epochs = run.Epochs,
        SharedEpochs = run.SharedEpochs,
        Summary = run.Summary,
        Attempts =
        [
            .. (await api.AttemptsAsync(run.Id))
                .Select(attempt => new AttemptRecord(attempt.Attempt, attempt.WorkerId, attempt.StartedAt, attempt.EndedAt, attempt.Outcome)),
        ],
        Metrics = (await api.MetricsAsync(run.Id)).ToDictionary(
            metric => metric.Key,
            metric => (IReadOnlyList<RecordedPoint>)[.. metric.Value.Select(point => new RecordedPoint(point.Step, point.Value))]),
        Weights = run.Status == RunStatus.Completed ? await HashAsync(api, run, log) : new Dictionary<string, string>(),
    };

    private static async Task<Dictionary<string, string>> HashAsync(Api api, RunView run, ChaosLog log)
    {
        var hashes = new Dictionary<string, string>();
        foreach (string name in Weights)
        {
            if (run.Artifacts.SingleOrDefault(artifact => artifact.Name == name) is not { } listed)
            {
                log.Problem($"cell {run.Cell} ({run.Id}) lists no {name}");
                continue;
            }

            string hash = Convert.ToHexStringLower(SHA256.HashData(await api.ArtifactAsync(run.Id, name)));
            hashes[name] = hash;
            if (hash != listed.Sha256)
            {
                log.Problem($"{name} of cell {run.Cell} ({run.Id}) has SHA-256 {hash}; listed is {listed.Sha256}");
            }
        }

        return hashes;
    }
}
