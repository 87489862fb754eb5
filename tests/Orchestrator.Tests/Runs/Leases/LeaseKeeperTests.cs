using Experiments.Orchestrator.Runs.Expiry;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Simulation;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Runs.Leases;

/// <summary>An operator finds in the log why a lease has not ended.</summary>
public sealed class LeaseKeeperTests : IDisposable
{
    private readonly MemoryDatabase _database = new();
    private readonly SimulatedClock _clock = new();
    private readonly WarningLog _log = new();
    private readonly OrchestratorProcess _process;
    private Task _confirmed = new TaskCompletionSource().Task;

    public LeaseKeeperTests()
    {
        _process = new OrchestratorProcess(new Surroundings(_database, _clock, () => Task.CompletedTask, _ => _confirmed, (_, _) => false), _log);
        _process.Get<LeaseTable>().Grant("run-7", "s", 2, "worker-3");
    }

    [Fact]
    public async Task Check_BrokerAway_TellsWhyAndWhichLeases()
    {
        await AdvanceAsync(16, isConnected: false);
        Assert.Empty(_log.Lines);

        await AdvanceAsync(1, isConnected: false);

        Assert.Equal(
            "1 leases have expired and do not end yet: heartbeats cannot arrive, because the broker is not reachable. run run-7, attempt 2 on worker-3",
            _log.Lines.Single().Trim());
    }

    [Fact]
    public async Task Check_WaitsForReports_TellsOncePerObstacle()
    {
        await AdvanceAsync(60);

        Assert.Equal(
            [LeaseObstacle.ReportsQueued.Describe(), LeaseObstacle.MarkUnconfirmed.Describe()],
            _log.Lines.Select(line => line.Split(": ")[1].Split(". ")[0]));
    }

    [Fact]
    public async Task Check_MarkCannotBeSent_TellsWhatHappened()
    {
        _confirmed = Task.FromException(new InvalidOperationException("no connection"));
        await AdvanceAsync(18);

        Assert.Contains(_log.Lines, line => line.EndsWith("no connection", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.Contains(LeaseObstacle.MarkRefused.Describe(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_SecondOutage_IsReportedAgain()
    {
        await AdvanceAsync(18, isConnected: false);
        await AdvanceAsync(1);
        await AdvanceAsync(18, isConnected: false);

        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public void Describe_EachObstacle_HasItsOwnReason()
    {
        LeaseObstacle[] all = Enum.GetValues<LeaseObstacle>();

        Assert.Equal(all.Length, all.Select(obstacle => obstacle.Describe()).Distinct().Count());
    }

    public void Dispose()
    {
        _process.Dispose();
        _database.Dispose();
        _log.Dispose();
    }

    private async Task AdvanceAsync(int seconds, bool isConnected = true)
    {
        for (int second = 0; second < seconds; second++)
        {
            _clock.Elapsed += LeaseExpiry.CheckInterval;
            await _process.CheckLeasesAsync(isConnected);
        }
    }
}
