namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>Kills, suspends, disconnects and wipes machines; each seed does some of it.</summary>
internal sealed class Trouble
{
    private readonly World _world;
    private readonly Action[] _kinds;
    private readonly double _mostSecondsBetween;
    private int _workers;

    public Trouble(World world)
    {
        _world = world;
        Action[] all = [KillOrchestrator, KillOrchestratorSoon, KillWorker, FreezeWorker, CutOffWorker, EndWorker, WipeBroker, WipeFullBroker, StopBroker, SetClock];
        _kinds = [.. all.Where(_ => world.Luck.Next(2) == 0)];
        _mostSecondsBetween = 2 + world.Luck.Next(20);
    }

    private Luck Luck => _world.Luck;

    public void AddWorkers()
    {
        for (int i = 0; i < 1 + Luck.Next(3); i++)
        {
            AddWorker();
        }
    }

    public async Task CauseAsync()
    {
        while (_kinds.Length > 0)
        {
            await _world.Loop.DelayAsync(Luck.Between(0.5, _mostSecondsBetween));
            if (!Luck.IsUnkind)
            {
                return;
            }

            Luck.Pick(_kinds)();
        }
    }

    /// <summary>Repairs everything that was broken.</summary>
    public void End()
    {
        Luck.IsUnkind = false;
        _world.Broker.IsUp = true;
        _world.Orchestrator.Spare();
        foreach (SimulatedWorker worker in _world.Workers)
        {
            worker.IsCutOff = false;
            worker.Thaw();
        }

        _world.Trace?.Invoke("all trouble ends");
    }

    private void AddWorker() => _world.AddWorker($"w{++_workers}");

    private void KillOrchestrator() => _world.Orchestrator.Kill();

    private void KillOrchestratorSoon() => _world.Orchestrator.KillSoon();

    private void KillWorker()
    {
        SimulatedWorker worker = Luck.Pick(_world.Workers);
        _world.Trace?.Invoke($"{worker.Id} is killed");
        worker.Kill();
        Replace(worker);
    }

    private void EndWorker()
    {
        SimulatedWorker worker = Luck.Pick(_world.Workers);
        _world.Trace?.Invoke($"{worker.Id} receives SIGTERM");
        _world.Loop.Start(worker.LeaveAsync);
        _world.Loop.After(TimeSpan.FromSeconds(30), () =>
        {
            if (!worker.IsDead)
            {
                worker.Kill();
            }

            Replace(worker);
        });
    }

    private void FreezeWorker()
    {
        SimulatedWorker worker = Luck.Pick(_world.Workers);
        TimeSpan duration = Luck.Between(1, 60);
        _world.Trace?.Invoke($"{worker.Id} freezes for {duration.TotalSeconds:0.0} s");
        worker.Freeze(duration);
    }

    private void CutOffWorker()
    {
        SimulatedWorker worker = Luck.Pick(_world.Workers);
        TimeSpan duration = Luck.Between(1, 60);
        _world.Trace?.Invoke($"{worker.Id} is cut off for {duration.TotalSeconds:0.0} s");
        worker.IsCutOff = true;
        worker.LoseConnection();
        _world.Loop.After(duration, () => worker.IsCutOff = false);
    }

    private void WipeBroker() => _world.Broker.Wipe();

    /// <summary>Only while messages are queued.</summary>
    private void WipeFullBroker() => _world.Loop.Start(async () =>
    {
        while (Luck.IsUnkind && !_world.Broker.HasEvents)
        {
            await _world.Loop.DelayAsync(TimeSpan.FromSeconds(0.05));
        }

        if (Luck.IsUnkind)
        {
            WipeBroker();
        }
    });

    /// <summary>Sets the wall clock of the Orchestrator's machine.</summary>
    private void SetClock()
    {
        _world.Loop.Clock.WallOffset = Luck.Between(-7200, 7200);
        _world.Trace?.Invoke($"the clock is set to {_world.Loop.Clock.GetUtcNow():T}");
    }

    private void StopBroker()
    {
        _world.Trace?.Invoke("the broker goes away");
        _world.Broker.IsUp = false;
        _world.Loop.After(Luck.Between(1, 40), () => _world.Broker.IsUp = true);
    }

    /// <summary>Starts another worker, under the same name or a new one.</summary>
    private void Replace(SimulatedWorker worker)
    {
        if (!_world.Workers.Remove(worker))
        {
            return;
        }

        if (Luck.Next(2) == 0)
        {
            _world.AddWorker(worker.Id);
        }
        else
        {
            AddWorker();
        }
    }
}
