using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Runs.Claims;
using Experiments.Orchestrator.Runs.Tickets;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Simulation;
using Experiments.Orchestrator.Workers;

namespace Experiments.Orchestrator.Tests.Runs.Tickets;

/// <summary>The number of tickets sent.</summary>
public sealed class TicketDispatcherTests : IDisposable
{
    private readonly MemoryDatabase _database = new();
    private readonly SimulatedClock _clock = new();
    private OrchestratorProcess _process;
    private List<RunTicket> _sent = [];
    private Exception? _failure;

    public TicketDispatcherTests() => _process = Start();

    /// <summary>A durable broker kept the tickets, except perhaps the last batch.</summary>
    [Fact]
    public async Task Restart_ManyRunsAreQueued_SendsTheLastBatchAgain()
    {
        Store(runs: 250);
        Assert.Equal(250, (await DispatchAsync()).Distinct().Count());

        Restart();

        Assert.Equal(200, (await DispatchAsync()).Count);
        Assert.Empty(await DispatchAsync());
    }

    [Fact]
    public async Task SendingFails_SendsAllAgain()
    {
        Store(runs: 3);
        _failure = new InvalidOperationException("no connection");
        await Assert.ThrowsAsync<InvalidOperationException>(DispatchAsync);
        Assert.Equal(0, _process.Get<TicketQueue>().Count);

        _failure = null;

        Assert.Equal(["s-run1", "s-run2", "s-run3"], (await DispatchAsync()).Order());
    }

    /// <summary>They remain from earlier runs; waiting runs use them.</summary>
    [Fact]
    public async Task MoreTicketsThanRuns_NewRunsAreQueuedWithoutTickets()
    {
        Store(runs: 2);
        _process.Get<TicketQueue>().Sending(2);

        Assert.Empty(await DispatchAsync());

        Assert.Equal("s-run1", (await ClaimAsync()).RunId);
        Assert.Equal("s-run2", (await ClaimAsync()).RunId);
    }

    [Fact]
    public async Task LimitedSweep_OffersNoMoreThanItMayTrain()
    {
        Store(runs: 3, maxConcurrency: 2);
        Assert.Equal(["s-run1", "s-run2"], await DispatchAsync());
        await ClaimAsync();
        RunClaimed second = await ClaimAsync();
        Assert.Empty(await DispatchAsync());

        await _process.HandleAsync(new AttemptEnded
        {
            SweepId = "s",
            RunId = second.RunId,
            Attempt = 1,
            WorkerId = "w",
            Outcome = AttemptOutcome.Completed,
            Time = _clock.GetUtcNow(),
        });

        Assert.Equal(["s-run3"], await DispatchAsync());
    }

    /// <summary>Happens after the broker is wiped.</summary>
    [Fact]
    public async Task WorkerIsIdle_SendsAllAgain()
    {
        Store(runs: 300);
        await DispatchAsync();
        await BeatAsync();
        _clock.Elapsed += TimeSpan.FromSeconds(9);
        await BeatAsync();
        Assert.Empty(await DispatchAsync());

        _clock.Elapsed += TimeSpan.FromSeconds(1);

        Assert.Equal(300, (await DispatchAsync()).Count);
    }

    [Fact]
    public async Task WorkerIsIdle_NoRunMayBeClaimed_SendsNone()
    {
        Store(runs: 2, maxConcurrency: 1);
        await DispatchAsync();
        await ClaimAsync();
        await BeatAsync();
        _clock.Elapsed += TimeSpan.FromSeconds(12);

        Assert.Empty(await DispatchAsync());
    }

    public void Dispose()
    {
        _process.Dispose();
        _database.Dispose();
    }

    private OrchestratorProcess Start() => new(new Surroundings(_database, _clock, () => Task.CompletedTask, SendAsync, (_, _) => false));

    private void Restart()
    {
        _process.Dispose();
        _process = Start();
    }

    private void Store(int runs, int? maxConcurrency = null)
    {
        using StateContext db = _database.States.CreateDbContext();
        TestSweeps.Store(db, "s", runs, epochs: 1, maxAttempts: 3, _clock.GetUtcNow(), maxConcurrency: maxConcurrency);
    }

    /// <returns>The runs named by the tickets of one pass.</returns>
    private async Task<List<string>> DispatchAsync()
    {
        _sent = [];
        await _process.GetHosted<TicketDispatcher>().SendDueAsync(TestContext.Current.CancellationToken);
        return [.. _sent.Select(ticket => ticket.RunId)];
    }

    private Task SendAsync(object message)
    {
        _sent.AddRange(message is RunTicket ticket ? [ticket] : []);
        return _failure is null ? Task.CompletedTask : Task.FromException(_failure);
    }

    private Task<HeartbeatReply> BeatAsync() =>
        _process.Get<Heartbeats>().HandleAsync(new Heartbeat { WorkerId = "idle", Host = "h", Device = "cpu" }, TestContext.Current.CancellationToken);

    private async Task<RunClaimed> ClaimAsync() =>
        Assert.IsType<RunClaimed>((await _process.Get<RunClaims>().ClaimAsync(new ClaimRun("w", "any"), TestContext.Current.CancellationToken)).Message);
}
