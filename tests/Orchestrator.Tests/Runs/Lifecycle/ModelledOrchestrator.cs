using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Simulation;
using Experiments.Orchestrator.Workers;

namespace Experiments.Orchestrator.Tests.Runs.Lifecycle;

/// <summary>Applies each step to the real components and to the model, then compares the two.</summary>
internal sealed partial class ModelledOrchestrator : IDisposable
{
    private const int MaxAttempts = 2;
    private static readonly string[] WorkerIds = ["w0", "w1", "w2"];
    private static readonly string[] SweepIds = ["a", "b", "c"];
    private static readonly TimeSpan Lease = new LeaseOptions().Duration;

    private readonly MemoryDatabase _database;
    private readonly SimulatedClock _clock = new();
    private readonly LifecycleModel _model = new(Lease);
    private readonly List<RunTicket> _tickets = [];
    private readonly List<ScriptedAttempt> _attempts = [];
    private readonly List<object> _reports = [];
    private readonly List<object> _late = [];
    private OrchestratorProcess _process = null!;
    private StoredState _stored;
    private int _changes;

    private ModelledOrchestrator(MemoryDatabase database)
    {
        _database = database;
        database.Clear();
        using (StateContext db = database.States.CreateDbContext())
        {
            TestSweeps.Store(db, "a", runs: 2, epochs: 3, MaxAttempts, _clock.GetUtcNow());
            TestSweeps.Store(db, "b", runs: 1, epochs: 2, MaxAttempts, _clock.GetUtcNow());

            // Its runs equal those of the first sweep, and have priority.
            TestSweeps.Store(db, "c", runs: 2, epochs: 3, MaxAttempts, _clock.GetUtcNow(), priority: 1, keys: "a");
        }

        _stored = StoredState.Read(database.StateQueries);
        foreach (StoredRun run in _stored.Runs.Values)
        {
            _model.Runs[run.Id] = run.State;
            _model.Keys[run.Id] = run.Key;
            _model.Sweeps[run.SweepId] = SweepStatus.Running;
            _model.Priorities[run.SweepId] = _stored.Sweeps[run.SweepId].Priority;
        }

        database.Committed = CheckCommit;
    }

    public static async Task<ModelledOrchestrator> StartAsync(MemoryDatabase database)
    {
        var orchestrator = new ModelledOrchestrator(database);
        await orchestrator.RestartAsync();
        foreach (string id in WorkerIds)
        {
            await orchestrator._process.Get<Heartbeats>().HandleAsync(new Heartbeat { WorkerId = id, Host = "h", Device = "cpu" }, default);
        }

        return orchestrator;
    }

    public void Dispose() => _process.Dispose();

    public async Task ApplyAsync(LifecycleStep step)
    {
        _model.Retried.Clear();
        string sweep = SweepIds[step.Which % SweepIds.Length];
        if (_model.Runs.Count == 0)
        {
            // All were deleted.
            return;
        }

        string run = _model.Runs.Keys.ElementAt(step.Which % _model.Runs.Count);
        string worker = WorkerIds[step.Which % WorkerIds.Length];
        ScriptedAttempt? attempt = _attempts.Count > 0 ? _attempts[^((step.Which % _attempts.Count) + 1)] : null;
        await (step.Act switch
        {
            LifecycleAct.Dispatch => DispatchAsync(),
            LifecycleAct.Claim => ClaimAsync(worker, step.How),
            LifecycleAct.Heartbeat when attempt is not null => BeatAsync(attempt),
            LifecycleAct.Epoch when attempt is { IsDone: false } => ReportAsync(attempt.FinishEpoch(_clock.GetUtcNow()), isLate: step.How % 6 == 0),
            LifecycleAct.End when attempt is not null => ReportAsync(attempt.End(step.How, _clock.GetUtcNow()), isLate: step.How % 6 == 0),
            LifecycleAct.DeliverLate => DeliverLateAsync(step),
            LifecycleAct.Wait => AdvanceAsync(Lease / 3),
            LifecycleAct.LeaseExpiry => AdvanceAsync(Lease + TimeSpan.FromSeconds(1)),
            LifecycleAct.CancelRun => AskAsync(() => _process.Get<RunControl>().CancelAsync(run, default), _model.TryCancelRun(run)),
            LifecycleAct.RetryRun => AskAsync(() => _process.Get<RunControl>().RetryAsync(run, default), _model.TryRetryRun(run, MaxAttempts)),
            LifecycleAct.DeleteRun => DeleteAsync(run, removes: step.How % 2 == 0),
            LifecycleAct.CancelSweep => AskAsync(() => Sweeps.CancelAsync(sweep, default), _model.TryChange(sweep, SweepStatus.Cancelled)),
            LifecycleAct.PauseSweep => AskAsync(() => Sweeps.PauseAsync(sweep, default), _model.TryChange(sweep, SweepStatus.Paused)),
            LifecycleAct.ResumeSweep => AskAsync(() => Sweeps.ResumeAsync(sweep, default), _model.TryChange(sweep, SweepStatus.Running)),
            LifecycleAct.RetryFailed => AskAsync(() => Sweeps.RetryFailedAsync(sweep, default), _model.TryRetryFailed(sweep, MaxAttempts)),
            LifecycleAct.Drain => _process.Get<WorkerControl>().DrainAsync(worker, default),
            LifecycleAct.Readmit => _process.Get<WorkerControl>().ReadmitAsync(worker, default),
            LifecycleAct.Restart => RestartAsync(),
            _ => Task.CompletedTask,
        });
        CheckAgreement();
    }
}
