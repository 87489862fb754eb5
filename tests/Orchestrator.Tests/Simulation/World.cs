using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Search.Stopping;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>All participants of one simulation, and its checks.</summary>
internal sealed class World : IDisposable
{
    private readonly Dictionary<string, int> _retries = [];
    private bool _isChanged;
    private int _changes;

    public World(int seed, MemoryDatabase database, Action<string>? trace)
    {
        Trace = trace is null ? null : text => trace($"{Loop.Now.TotalSeconds,8:0.000} {text}");
        Database = database;
        Luck = new Luck(seed);
        Luck.Draw();
        Broker = new SimulatedBroker(Loop, Luck, Trace);
        Failures = new SimulatedFailures(Luck);
        Orchestrator = new SimulatedOrchestrator(this);
        Store();
        Stored = StoredState.Read(database.StateQueries);
        database.Committed = OnCommit;
        Loop.AfterEach = CheckMemory;
    }

    public EventLoop Loop { get; } = new();

    public Luck Luck { get; }

    public MemoryDatabase Database { get; }

    public SimulatedBroker Broker { get; }

    public SimulatedStream Stream { get; } = new();

    public SharedFolder Folder { get; } = new();

    public SimulatedFailures Failures { get; }

    public SimulatedOrchestrator Orchestrator { get; }

    public List<SimulatedWorker> Workers { get; } = [];

    /// <summary>Receives a line for every event; null when no log is wanted.</summary>
    public Action<string>? Trace { get; }

    /// <summary>The state after the last commit.</summary>
    public StoredState Stored { get; private set; }

    public bool HaveAllRunsEnded => Stored.Runs.Values.All(run => RunTransitions.HasEnded(run.Status));

    public void AddWorker(string id)
    {
        Trace?.Invoke($"{id} starts");
        var worker = new SimulatedWorker(this, id);
        Workers.Add(worker);
        worker.Start();
    }

    /// <summary>Tells all workers that an attempt should stop. Best effort.</summary>
    public Task NotifyAsync(StopAttempt notice)
    {
        foreach (SimulatedWorker worker in Workers.Where(_ => Broker.IsUp && !Luck.Happens(Luck.LosesNotice)))
        {
            Loop.After(Luck.Latency(), () => worker.Notify(notice));
        }

        return Task.CompletedTask;
    }

    /// <summary>Runs an action that may restart ended runs: they may restart only while it is in progress.</summary>
    /// <param name="target">A run or a sweep.</param>
    public async Task RetryAsync(string target, Func<Task> askAsync)
    {
        _retries[target] = _retries.GetValueOrDefault(target) + 1;
        await askAsync();
        Loop.After(TimeSpan.Zero, () => _retries[target]--);
    }

    public void Dispose()
    {
        Database.Committed = () => { };
        Orchestrator.Dispose();
    }

    private void Store()
    {
        Database.Clear();
        using StateContext db = Database.States.CreateDbContext();
        string? keys = Luck.Next(2) == 0 ? "same" : null;
        int epochs = 1 + Luck.Next(4);
        bool shares = Luck.Next(2) == 0;
        for (int sweep = 0; sweep < 1 + Luck.Next(3); sweep++)
        {
            int length = keys is null ? 1 + Luck.Next(4) : epochs;
            TestSweeps.Store(
                db, $"s{sweep}", runs: 1 + Luck.Next(4), length, maxAttempts: 1 + Luck.Next(3),
                Loop.Clock.GetUtcNow().AddSeconds(sweep), priority: Luck.Next(2), maxConcurrency: Luck.Next(3) == 0 ? 1 + Luck.Next(2) : null,
                reuse: Luck.Next(4) > 0, keys, Luck.Next(2) == 0 ? AnyRule(length) : null, shares);
        }
    }

    private StoppingSettings AnyRule(int epochs) =>
        new(Luck.Pick([.. StoppingRules.Names.Where(name => name != "none")]), epochs) { MinEpochs = 1 + Luck.Next(epochs), Factor = 2 + Luck.Next(2) };

    private void OnCommit()
    {
        if (_changes != Database.Changes)
        {
            _changes = Database.Changes;
            StoredState before = Stored;
            Stored = StoredState.Read(Database.StateQueries);
            _isChanged = true;
            TraceChanges(before);
            LifecycleInvariants.Check(before, Stored, run => _retries.GetValueOrDefault(run.Id) + _retries.GetValueOrDefault(run.SweepId) > 0);
        }

        Orchestrator.Step();
    }

    private void CheckMemory()
    {
        if (_isChanged && Orchestrator.IsAtRest)
        {
            _isChanged = false;
            LifecycleInvariants.CheckLeases(Stored, Orchestrator.Process.Get<LeaseTable>());
        }
    }

    private void TraceChanges(StoredState before)
    {
        if (Trace is null)
        {
            return;
        }

        foreach (StoredSweep sweep in Stored.Sweeps.Values.Where(sweep => before.Sweeps[sweep.Id] != sweep))
        {
            Trace($"  {sweep}");
        }

        foreach (StoredRun run in Stored.Runs.Values.Where(run => before.Runs[run.Id] != run))
        {
            Trace($"  {run}");
        }

        foreach (string run in Stored.Deleted.Keys.Except(before.Deleted.Keys))
        {
            Trace($"  {run} is deleted");
        }

        foreach (StoredAttempt attempt in Stored.Attempts.SelectMany(attempts => attempts).Except(before.Attempts.SelectMany(attempts => attempts)))
        {
            Trace($"  {attempt}");
        }
    }
}
