using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.RunLogs;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.RunLogs;

/// <summary>
/// A run with two attempts: the first logged 30 lines, of which every tenth is a warning, and failed with line 31; the second resumes and has logged 5.
/// </summary>
public sealed class LoggedRun : IAsyncLifetime
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public TestHost Host { get; private set; } = null!;

    public string SweepId { get; private set; } = "";

    public string RunId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(_folder, settings: new Dictionary<string, string?> { ["Leases:Seconds"] = "600" });
        SweepId = (await Host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1))).Id;
        var worker = new ScriptedWorker(Host);
        RunClaimed first = await worker.ClaimAsync();
        RunId = first.RunId;
        await worker.EndAsync(first, AttemptOutcome.Failed, FailureKind.Crash);
        RunClaimed second = await worker.ClaimAsync();
        Assert.Equal(2, second.Attempt);
        await WriteAsync(1, [.. Enumerable.Range(1, 30).Select(i => Line(i, i % 10 == 0 ? RunLogLevel.Warning : RunLogLevel.Information, $"Epoch {i}"))]);
        await WriteAsync(1, Line(31, RunLogLevel.Error, "It crashed") with { Detail = "System.IO.IOException: 100%_full\n   at Save()" });
        await WriteAsync(2, [.. Enumerable.Range(1, 5).Select(i => Line(i, RunLogLevel.Information, $"Again {i}"))]);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    public Task WriteAsync(int attempt, params RunLogLine[] lines) => WriteAsync(RunId, attempt, "worker-1", lines);

    public Task WriteAsync(string runId, int attempt, string workerId, params RunLogLine[] lines) =>
        Host.Get<RunLogIntake>().HandleAsync(new RunLogWritten(SweepId, runId, attempt, workerId, lines), TestContext.Current.CancellationToken);

    public Task<RunLogPage> ReadAsync(string query = "") => Host.GetAsync<RunLogPage>($"/api/runs/{RunId}/log{query}");

    public static RunLogLine Line(long sequence, RunLogLevel level, string message) => new(sequence, Start.AddSeconds(sequence), level, message, null);
}
