using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Runs.Claims;
using Experiments.Orchestrator.Runs.Tickets;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Simulation;

namespace Experiments.Orchestrator.Tests.Runs.Claims;

/// <summary>Any ticket leads to the run with the highest priority; one is sent for each waiting run without a ticket.</summary>
public sealed class TicketUseTests : IDisposable
{
    private readonly MemoryDatabase _database = new();
    private readonly SimulatedClock _clock = new();
    private readonly OrchestratorProcess _process;
    private int _sent;

    public TicketUseTests()
    {
        _process = new OrchestratorProcess(new Surroundings(_database, _clock, () => Task.CompletedTask, SendAsync, (_, _) => false));
        using StateContext db = _database.States.CreateDbContext();
        TestSweeps.Store(db, "s", runs: 3, epochs: 1, maxAttempts: 3, _clock.GetUtcNow());
    }

    [Fact]
    public async Task Claim_WithATicketForARunThatHadNone_AnotherIsSent()
    {
        Assert.Equal(3, await CountSentAsync());
        RunClaimed first = await ClaimAsync("s-run1");
        await _process.HandleAsync(HandedBack(first));

        // The run that was handed back has the lowest cell again, and its ticket is not sent yet.
        Assert.Equal("s-run1", (await ClaimAsync("s-run2")).RunId);

        Assert.Equal(1, await CountSentAsync());
    }

    [Fact]
    public async Task Claim_WithTheTicketOfAnotherRun_NoneIsSent()
    {
        Assert.Equal(3, await CountSentAsync());

        Assert.Equal("s-run1", (await ClaimAsync("s-run3")).RunId);

        Assert.Equal(0, await CountSentAsync());
    }

    [Fact]
    public async Task Refusal_OfATicketThatAnotherRunReliedOn_AnotherIsSent()
    {
        Assert.Equal(3, await CountSentAsync());
        await ClaimAsync("s-run3");
        await _process.Get<SweepControl>().PauseAsync("s", TestContext.Current.CancellationToken);

        Assert.IsType<ClaimRefused>((await _process.Get<RunClaims>().ClaimAsync(new ClaimRun("w", "s-run1"), TestContext.Current.CancellationToken)).Message);

        Assert.Equal(0, await CountSentAsync());
        await _process.Get<SweepControl>().ResumeAsync("s", TestContext.Current.CancellationToken);
        Assert.Equal(1, await CountSentAsync());
    }

    public void Dispose()
    {
        _process.Dispose();
        _database.Dispose();
    }

    /// <summary>The number of tickets that one pass of the dispatcher sends.</summary>
    private async Task<int> CountSentAsync()
    {
        _sent = 0;
        await _process.GetHosted<TicketDispatcher>().SendDueAsync(default);
        return _sent;
    }

    private Task SendAsync(object message)
    {
        _sent += message is RunTicket ? 1 : 0;
        return Task.CompletedTask;
    }

    private async Task<RunClaimed> ClaimAsync(string ticketOf) =>
        Assert.IsType<RunClaimed>((await _process.Get<RunClaims>().ClaimAsync(new ClaimRun("w", ticketOf), default)).Message);

    private AttemptEnded HandedBack(RunClaimed claim) => new()
    {
        SweepId = claim.SweepId,
        RunId = claim.RunId,
        Attempt = claim.Attempt,
        WorkerId = "w",
        Outcome = AttemptOutcome.HandedBack,
        Time = _clock.GetUtcNow(),
    };
}
