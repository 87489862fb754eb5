using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;
using Experiments.TestServers;

namespace Experiments.Orchestrator.Tests.Fuzz;

/// <summary>
/// Sends arbitrary messages to the Orchestrator's queues: valid ones are handled, even behind a hundred invalid ones, and the history of no run is
/// corrupted. Uses a real broker.
/// </summary>
public sealed class MessageFuzzTests : IAsyncLifetime
{
    private const int Messages = 200;
    private const int Epochs = 2;

    private readonly TempFolder _folder = new();
    private readonly WarningLog _log = new();
    private PrivateRabbitMq _server = null!;
    private RawBroker _broker = null!;
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PrivateRabbitMq.StartAsync();
        _host = await TestHost.StartAsync(
            _folder, settings: Settings(), addConsumers: _log.AddTo);

        // A request that is sent before its queue exists is lost.
        await TestTimeout.UntilAsync(() => _host.GetAsync("/health"), health => health.IsSuccessStatusCode);
        _broker = await RawBroker.ConnectAsync(_server.ConnectionString, TestTimeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _host.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task RunEvents_HostileMessages_LeaveHistoriesWholeAndGoodOnesAreHandled()
    {
        SweepView sweep = await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(3));
        var worker = new ScriptedWorker(_host);
        RunClaimed completed = await worker.ClaimAsync();
        await worker.CompleteAsync(completed);
        await _host.UntilRunAsync(completed.RunId, run => run.Status == RunStatus.Completed);
        string before = await TextAsync($"/api/runs/{completed.RunId}");
        RunClaimed reported = await worker.ClaimAsync();
        RunClaimed ended = await worker.ClaimAsync();

        await StormAsync(QueueNames.RunEvents, seed: 5, worker.Epoch(reported, 1, 0.5));
        await StormAsync(QueueNames.RunEvents, seed: 6, End(ended));
        await StormAsync(QueueNames.RunLogs, seed: 9, Log(reported, worker.Id, 1));
        await _broker.SendAsync(QueueNames.RunLogs, MessageMutation.ToBytes(Envelope(Log(reported, worker.Id, 2))), RawBroker.BusContentType, TestTimeout.Token);
        await worker.CompleteAsync(reported, accuracy: 0.75);

        RunView run = await _host.UntilRunAsync(reported.RunId, view => view.Status == RunStatus.Completed);
        Assert.Equal(Epochs, run.Epoch);
        Assert.Equal(0.75, run.Summary[MetricNames.ValidationAccuracy].Last);
        Dictionary<string, SeriesPoint[]> curves = await _host.GetAsync<Dictionary<string, SeriesPoint[]>>($"/api/runs/{reported.RunId}/metrics");
        Assert.All(curves.Values.SelectMany(points => points), point => Assert.InRange(point.Step, 1, Epochs));
        Assert.Equal(before, await TextAsync($"/api/runs/{completed.RunId}"));
        Assert.Equal(3, (await _host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs?sort=-validation/accuracy")).Total);
        await AssertPoisonIsKeptAsync(QueueNames.RunEvents);

        RunLogPage log = await TestTimeout.UntilAsync(() => _host.GetAsync<RunLogPage>($"/api/runs/{reported.RunId}/log"), page => page.Lines.Any(line => line.Sequence == 2));
        Assert.Equal([1L, 2L], log.Lines.Select(line => line.Sequence));
        await AssertPoisonIsKeptAsync(QueueNames.RunLogs);
    }

    [Fact]
    public async Task Leases_HostileMessages_AreAnsweredAroundAndWorkersCanBeListed()
    {
        await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        var worker = new ScriptedWorker(_host);
        RunClaimed run = await worker.ClaimAsync();

        await StormAsync(QueueNames.Leases, seed: 7, new ClaimRun("worker-2", "none"));
        await StormAsync(QueueNames.Leases, seed: 8, new Heartbeat { WorkerId = "worker-2", Host = "host", Device = "cpu", RunId = run.RunId, Attempt = run.Attempt, Utilization = 0.5 });

        Assert.Equal(AttemptDirective.Continue, (await worker.BeatAsync(run)).Attempt);
        Assert.Contains(await _host.GetAsync<WorkerView[]>("/api/workers"), view => view.Id == worker.Id && view.RunId == run.RunId);
        await AssertPoisonIsKeptAsync(QueueNames.Leases);
    }

    private async Task StormAsync(string queue, int seed, object good)
    {
        JsonObject envelope = Envelope(good);
        foreach (FuzzCase fuzz in FuzzCase.Of(seed, Messages))
        {
            string? type = fuzz.Random.Next(20) switch { 0 => null, 1 => "text/plain", 2 => "application/json", 3 => "nonsense", _ => RawBroker.BusContentType };
            await _broker.SendAsync(queue, MessageMutation.Of(envelope, fuzz.Random), type, TestTimeout.Token);
        }
    }

    /// <summary>Unreadable messages are kept for inspection, and the log says so.</summary>
    private async Task AssertPoisonIsKeptAsync(string queue)
    {
        await TestTimeout.UntilAsync(() => _broker.CountAsync(queue, TestTimeout.Token), count => count == 0);
        await TestTimeout.UntilAsync(() => _broker.CountAsync($"{queue}_error", TestTimeout.Token), count => count > Messages / 4);
        Assert.Contains(_log.Lines, line => line.Contains(queue, StringComparison.Ordinal));
    }

    private async Task<string> TextAsync(string path) => await (await _host.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>No lease ends during the test, although the worker sends no heartbeat.</summary>
    private Dictionary<string, string?> Settings() => new() { ["ConnectionStrings:rabbitmq"] = _server.ConnectionString, ["Leases:Seconds"] = "600" };

    private static JsonObject Envelope(object message) =>
        MessageMutation.Envelope(message.GetType().FullName!, JsonSerializer.SerializeToNode(message, message.GetType(), ContractJson.Options)!);

    private static RunLogWritten Log(RunClaimed run, string workerId, long sequence) => new(
        run.SweepId, run.RunId, run.Attempt, workerId, [new RunLogLine(sequence, DateTimeOffset.UnixEpoch, RunLogLevel.Warning, "a line", "and more")]);

    private static AttemptEnded End(RunClaimed run) => new()
    {
        SweepId = run.SweepId,
        RunId = run.RunId,
        Attempt = run.Attempt,
        WorkerId = "worker-1",
        Outcome = AttemptOutcome.Failed,
        Failure = new RunFailure(FailureKind.Crash, "it broke"),
        Artifacts = [new Artifact("best.safetensors", 1, "0")],
        Time = DateTimeOffset.UnixEpoch,
    };
}
