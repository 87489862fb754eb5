using System.Net;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.RunLogs;
using Experiments.Orchestrator.Storage;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.Data.Sqlite;

namespace Experiments.Orchestrator.Tests.Runs.Deletion;

/// <summary>Creates runs with data of each kind, deletes them, and finds what remains.</summary>
internal sealed class DeletedRuns(TestHost host, TempFolder folder)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly ScriptedWorker _worker = new(host);

    public ScriptedWorker Worker => _worker;

    /// <summary>Trains the next run to its end, with a file, 500 points, an epoch and a log line.</summary>
    public async Task<RunClaimed> TrainAsync()
    {
        RunClaimed run = await _worker.ClaimAsync();
        await LeaveAsync(run);
        await _worker.SendAsync(_worker.Epoch(run, 1, 0.5));
        await _worker.EndAsync(run, AttemptOutcome.Completed, null, new Artifact("best.safetensors", 1000, "abc"));
        await host.UntilRunAsync(run.RunId, view => view.Status == RunStatus.Completed);
        return run;
    }

    public async Task LeaveAsync(RunClaimed run)
    {
        string path = host.Get<ArtifactFolder>().PrepareAttemptFolder(run.RunId, run.Attempt);
        await File.WriteAllBytesAsync(Path.Combine(path, "best.safetensors"), new byte[1000], Cancelled);
        await host.Get<MetricArchive>().StoreAsync([Points(run, 500)], null, Cancelled);
        await LogAsync(run, "it trains");
    }

    public Task LogAsync(RunClaimed run, string line) => host.Get<RunLogIntake>().HandleAsync(
        new RunLogWritten(run.SweepId, run.RunId, run.Attempt, _worker.Id, [new RunLogLine(1, DateTimeOffset.UnixEpoch.AddYears(50), RunLogLevel.Information, line, null)]), Cancelled);

    public static MetricBatch Points(RunClaimed run, int count) => new(
        run.SweepId, run.RunId, run.Attempt,
        [.. Enumerable.Range(1, count).Select(step => new MetricPoint(step, MetricNames.BatchLoss, step, 1.0 / step, DateTimeOffset.UnixEpoch))]);

    public Task<HttpResponseMessage> DeleteAsync(string path) => host.Client.DeleteAsync(new Uri(path, UriKind.Relative), Cancelled);

    /// <summary>Expects a refusal.</summary>
    /// <returns>The errors at that path.</returns>
    public async Task<string[]> RefusedAsync(string path, string errorPath)
    {
        HttpResponseMessage response = await DeleteAsync(path);
        string text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.StatusCode == HttpStatusCode.Conflict, $"{(int)response.StatusCode}: {text}");
        using var problem = JsonDocument.Parse(text);
        return [.. problem.RootElement.GetProperty("errors").GetProperty(errorPath).EnumerateArray().Select(line => line.GetString()!)];
    }

    /// <summary>Waits until the data of all deleted runs is removed.</summary>
    public Task<StorageView> UntilRemovedAsync() =>
        TestTimeout.UntilAsync(() => host.GetAsync<StorageView>("/api/storage"), storage => storage.Deleting is { Runs: 0, Problem: null });

    /// <summary>The rows and folders that still belong to these runs, apart from their marks.</summary>
    public IReadOnlyList<string> LeftOf(params string[] runIds)
    {
        string ids = string.Join(", ", runIds.Select(id => $"'{id}'"));
        var left = new List<string>();
        left.AddRange(Count(StorageFolder.StateFile, "Runs", $"Id IN ({ids})"));
        left.AddRange(Count(StorageFolder.StateFile, "Attempts", $"RunId IN ({ids})"));
        left.AddRange(Count(StorageFolder.MetricsFile, "Series", $"RunId IN ({ids})"));
        left.AddRange(Count(StorageFolder.MetricsFile, "Points", $"SeriesId NOT IN (SELECT Id FROM Series) OR SeriesId IN (SELECT Id FROM Series WHERE RunId IN ({ids}))"));
        left.AddRange(Count(StorageFolder.MetricsFile, "LogLines", $"RunId IN ({ids})"));
        left.AddRange(runIds.Where(id => Directory.Exists(host.Get<ArtifactFolder>().RunFolder(id))).Select(id => $"the folder of {id}"));
        return left;
    }

    private IEnumerable<string> Count(string file, string table, string where)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, file)};Pooling=false;Mode=ReadWrite");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table} WHERE {where}";
        long count = (long)command.ExecuteScalar()!;
        return count == 0 ? [] : [$"{count} rows of {table}"];
    }
}
