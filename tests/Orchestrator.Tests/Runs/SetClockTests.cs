using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Runs.Claims;
using Experiments.Orchestrator.Runs.Tickets;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Simulation;
using Experiments.Orchestrator.Workers;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Tests.Runs;

/// <summary>The Orchestrator's wall clock is set back while runs wait and train.</summary>
public sealed class SetClockTests : IDisposable
{
    private readonly MemoryDatabase _database = new();
    private readonly SimulatedClock _clock = new();
    private readonly List<object> _sent = [];
    private readonly OrchestratorProcess _process;

    public SetClockTests()
    {
        _process = new OrchestratorProcess(new Surroundings(_database, _clock, () => Task.CompletedTask, SendAsync, (_, _) => false));
        using StateContext db = _database.States.CreateDbContext();
        TestSweeps.Store(db, "s", runs: 1, epochs: 1, maxAttempts: 3, _clock.GetUtcNow());
    }

    [Fact]
    public async Task ClockPutBack_LostTicketIsSentAgainAllTheSame()
    {
        await DispatchAsync();
        _clock.WallOffset = TimeSpan.FromHours(-2);
        for (int seconds = 0; seconds < 15; seconds++)
        {
            _clock.Elapsed += TimeSpan.FromSeconds(1);
            await _process.Get<Heartbeats>().HandleAsync(new Heartbeat { WorkerId = "w", Host = "h", Device = "cpu" }, TestContext.Current.CancellationToken);
            await DispatchAsync();
        }

        Assert.Equal(["s-run1", "s-run1"], _sent.OfType<RunTicket>().Select(ticket => ticket.RunId));
    }

    [Fact]
    public async Task ClockPutBack_AttemptTookNoLessThanNoTime()
    {
        await DispatchAsync();
        var claim = (RunClaimed)(await _process.Get<RunClaims>().ClaimAsync(new ClaimRun("w", "s-run1"), TestContext.Current.CancellationToken)).Message;
        _clock.WallOffset = TimeSpan.FromHours(-2);
        await _process.HandleAsync(new AttemptEnded
        {
            SweepId = claim.SweepId,
            RunId = claim.RunId,
            Attempt = claim.Attempt,
            WorkerId = "w",
            Outcome = AttemptOutcome.Completed,
            Time = _clock.GetUtcNow(),
        });

        await using StateContext db = _database.States.CreateDbContext();
        Assert.Equal(0, (await db.Runs.SingleAsync(TestContext.Current.CancellationToken)).TrainedTicks);
    }

    public void Dispose()
    {
        _process.Dispose();
        _database.Dispose();
    }

    private Task DispatchAsync() => _process.GetHosted<TicketDispatcher>().SendDueAsync(default);

    private Task SendAsync(object message)
    {
        _sent.Add(message);
        return Task.CompletedTask;
    }
}
