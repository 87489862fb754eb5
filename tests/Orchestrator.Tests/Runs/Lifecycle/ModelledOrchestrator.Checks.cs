using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Simulation;

namespace Experiments.Orchestrator.Tests.Runs.Lifecycle;

/// <content>What must hold after each step.</content>
internal sealed partial class ModelledOrchestrator
{
    private void CheckCommit()
    {
        if (_changes == _database.Changes)
        {
            return;
        }

        _changes = _database.Changes;
        StoredState now = StoredState.Read(_database.State);
        LifecycleInvariants.Check(_stored, now, run => _model.Retried.Contains(run.Id));
        _stored = now;
    }

    private void CheckAgreement()
    {
        Assert.Equal(_model.Runs, _stored.Runs.ToDictionary(run => run.Key, run => run.Value.State));
        Assert.Equal(_model.WaitsFor, _stored.Runs.Values.Where(run => run.WaitsFor is not null).ToDictionary(run => run.Id, run => run.WaitsFor!));
        Assert.Equal(_model.ReusedFrom, _stored.Runs.Values.Where(run => run.ReusedFrom is not null).ToDictionary(run => run.Id, run => run.ReusedFrom!));
        Assert.Equal(_model.Sweeps, _stored.Sweeps.ToDictionary(sweep => sweep.Key, sweep => sweep.Value.Status));
        LeaseTable leases = _process.Get<LeaseTable>();
        LifecycleInvariants.CheckLeases(_stored, leases);
        Assert.All(_model.Runs.Keys, id => Assert.Equal(_model.HolderOf(id), leases.Find(id)?.Attempt));
        CheckTickets();
    }

    /// <summary>Every run that waits needs a ticket, and any ticket will do: where none is out, the run must ask for one.</summary>
    private void CheckTickets()
    {
        int trusting = _stored.Runs.Values.Count(run => run.Status == RunStatus.Queued && run.HasTicket);
        Assert.True(trusting <= _tickets.Count, $"{trusting} runs wait for a worker and {_tickets.Count} tickets are out");
    }

    private void CheckHistories()
    {
        var curves = StoredState.ReadCurves(_database.Metrics);
        Assert.DoesNotContain(curves, curve => _stored.Deleted.ContainsKey(curve.Key.RunId));
        foreach (StoredRun run in _stored.Runs.Values)
        {
            Assert.Equal((RunStatus.Completed, run.Epochs), (run.Status, run.Epoch));
            Assert.Equal(
                Enumerable.Range(1, run.Epochs).Select(epoch => ((long)epoch, ScriptedAttempt.ValueOf(run.ReusedFrom ?? run.Id, epoch))),
                curves[(run.ReusedFrom ?? run.Id, MetricNames.ValidationAccuracy)]);
        }
    }
}
