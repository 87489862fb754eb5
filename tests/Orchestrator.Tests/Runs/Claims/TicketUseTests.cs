using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Runs.Claims;
using Experiments.Orchestrator.Runs.Tickets;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Simulation;

namespace Experiments.Orchestrator.Tests.Runs.Claims;

/// <summary>Any ticket leads to the run that matters most; whichever run is left without one must ask for it.</summary>
public sealed class TicketUseTests : IDisposable
{
    private readonly MemoryDatabase _database = new();
    private readonly SimulatedClock _clock = new();
    private readonly OrchestratorProcess _process;

    public TicketUseTests()
    {
        _process = new OrchestratorProcess(new Surroundings(_database, _clock, () => Task.CompletedTask, _ => Task.CompletedTask, (_, _) => false));
        using StateContext db = _database.States.CreateDbContext();
        TestSweeps.Store(db, "s", runs: 3, epochs: 1, maxAttempts: 3, _clock.GetUtcNow());
    }

    [Fact]
    public async Task Claim_GrantedRunHadNoTicket_NamedRunAsksForAnother()
    {
        await DispatchAsync();
        RunClaimed first = await ClaimAsync("s-run1");
        await _process.HandleAsync(HandedBack(first));

        // The one that was handed back is the lowest cell again, and its ticket is not sent yet.
        Assert.Equal("s-run1", (await ClaimAsync("s-run2")).RunId);

        Assert.Equal(["s-run2"], Asking());
    }

    [Fact]
    public async Task Claim_GrantedRunHadATicket_NamedRunKeepsThatOne()
    {
        await DispatchAsync();

        Assert.Equal("s-run1", (await ClaimAsync("s-run3")).RunId);

        Assert.Empty(Asking());
    }

    [Fact]
    public async Task Refusal_OfATicketThatAnotherRunReliedOn_ThatRunAsksForAnother()
    {
        await DispatchAsync();
        await ClaimAsync("s-run3");
        await _process.Get<SweepControl>().PauseAsync("s", TestContext.Current.CancellationToken);

        Assert.IsType<ClaimRefused>(await _process.Get<RunClaims>().ClaimAsync(new ClaimRun("w", "s-run1"), TestContext.Current.CancellationToken));

        Assert.Single(Asking());
    }

    public void Dispose()
    {
        _process.Dispose();
        _database.Dispose();
    }

    private Task DispatchAsync() => _process.GetHosted<TicketDispatcher>().SendDueAsync(default);

    private async Task<RunClaimed> ClaimAsync(string ticketOf) =>
        Assert.IsType<RunClaimed>(await _process.Get<RunClaims>().ClaimAsync(new ClaimRun("w", ticketOf), default));

    private AttemptEnded HandedBack(RunClaimed claim) => new()
    {
        SweepId = claim.SweepId,
        RunId = claim.RunId,
        Attempt = claim.Attempt,
        WorkerId = "w",
        Outcome = AttemptOutcome.HandedBack,
        Time = _clock.GetUtcNow(),
    };

    private IEnumerable<string> Asking() => StoredState.Read(_database.State).Runs.Values
        .Where(run => run.Status == RunStatus.Queued && !run.HasTicket)
        .Select(run => run.Id);
}
