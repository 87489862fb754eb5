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
        StoredState now = StoredState.Read(_database.StateQueries);
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

    /// <summary>Counting tickets that are not there would send too few.</summary>
    private void CheckTickets()
    {
        int believed = _process.Get<TicketQueue>().Count;
        Assert.True(believed <= _tickets.Count, $"{_tickets.Count} tickets are out, and {believed} are believed to be");
    }

    /// <summary>Every run that a worker may claim needs a ticket, and any ticket will do.</summary>
    private void CheckDispatched()
    {
        int claimable = _model.Runs.Keys.Count(_model.CanBeClaimed);
        Assert.True(claimable <= _tickets.Count, $"{claimable} runs wait for a worker, and {_tickets.Count} tickets are out");
    }

    private void CheckHistories()
    {
        var curves = StoredState.ReadCurves(_database.MetricQueries);
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
