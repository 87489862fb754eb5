using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Claims;
using Experiments.Orchestrator.Runs.Deletion;
using Experiments.Orchestrator.Runs.Expiry;
using Experiments.Orchestrator.Runs.Tickets;
using Experiments.Orchestrator.Tests.Simulation;
using Experiments.Orchestrator.Workers;

namespace Experiments.Orchestrator.Tests.Runs.Lifecycle;

/// <content>Each action, applied to the components and to the model.</content>
internal sealed partial class ModelledOrchestrator
{
    private SweepControl Sweeps => _process.Get<SweepControl>();

    private async Task RestartAsync()
    {
        _process?.Dispose();
        _process = new OrchestratorProcess(new Surroundings(
            _database, _clock, () => Task.CompletedTask, SendAsync, (id, number) => _attempts.Any(a => a.Claim.RunId == id && a.Claim.Attempt == number)));
        await _process.StartAsync();
        await _process.CheckLeasesAsync(isConnected: true);
        _model.Restart(_clock.Elapsed);
    }

    private Task SendAsync(object message)
    {
        if (message is RunTicket ticket)
        {
            _tickets.Add(ticket);
        }

        // Reports are separate steps here, so none is waiting.
        return message is ReportMark mark ? _process.HandleAsync(mark) : Task.CompletedTask;
    }

    private async Task DispatchAsync()
    {
        await _process.GetHosted<TicketDispatcher>().SendDueAsync(default);
        _model.Dispatch();
        CheckDispatched();
    }

    private async Task ClaimAsync(string worker, int which)
    {
        if (_tickets.Count == 0)
        {
            return;
        }

        RunTicket ticket = _tickets[which % _tickets.Count];
        _tickets.Remove(ticket);
        bool isBarred = _process.Get<WorkerTable>().WhyNoRuns(worker) is not null;
        object answer = (await _process.Get<RunClaims>().ClaimAsync(new ClaimRun(worker, ticket.RunId), default)).Message;
        bool isRefusalRight = isBarred || !_model.Runs.Keys.Any(_model.CanBeClaimed);
        Assert.Equal(isRefusalRight, answer is ClaimRefused);
        if (answer is RunClaimed claimed)
        {
            Assert.True(_model.CanBeClaimed(claimed.RunId), $"{claimed.RunId} is {_model.Runs[claimed.RunId]} and was given away");
            _model.Claim(claimed.RunId, _clock.Elapsed);
            Assert.Equal(_model.Runs[claimed.RunId].Attempt, claimed.Attempt);
            _attempts.Add(new ScriptedAttempt(claimed, worker));
        }
    }

    /// <param name="removes">Whether its data is removed immediately, or after further steps.</param>
    private async Task DeleteAsync(string run, bool removes)
    {
        await AskAsync(() => _process.Get<RunDeletion>().DeleteRunAsync(run, default), _model.TryDeleteRun(run));
        if (removes)
        {
            await RemoveDeletedAsync();
        }
    }

    private Task RemoveDeletedAsync() => _process.GetHosted<DeletedRunRemoval>().RemoveDueAsync(default);

    private async Task BeatAsync(ScriptedAttempt attempt)
    {
        RunClaimed claim = attempt.Claim;
        HeartbeatReply reply = await _process.Get<Heartbeats>().HandleAsync(
            new Heartbeat { WorkerId = attempt.WorkerId, Host = "h", Device = "cpu", RunId = claim.RunId, Attempt = claim.Attempt }, default);
        Assert.Equal(_model.Renew(claim.RunId, claim.Attempt, _clock.Elapsed), reply.Attempt);
    }

    private async Task ReportAsync(object report, bool isLate)
    {
        if (isLate)
        {
            _late.Add(report);
            return;
        }

        _reports.Add(report);
        string[] setAside = [.. _stored.SetAside.Keys];
        await _process.HandleAsync(report);
        if (report is EpochFinished epoch)
        {
            // Counts as a heartbeat.
            _model.Renew(epoch.RunId, epoch.Attempt, _clock.Elapsed);
        }
        else if (report is AttemptEnded end)
        {
            _model.End(end.RunId, end.Attempt, end.Outcome, end.Failure?.Kind);
            if (_stored.SetAside.ContainsKey(end.WorkerId) && !setAside.Contains(end.WorkerId))
            {
                Pardon(end.WorkerId);
            }
        }
    }

    private void Pardon(string worker)
    {
        foreach (string run in _stored.SetAside[worker].Where(_model.Runs.ContainsKey))
        {
            int crashes = _stored.Attempts[run].Count(attempt => attempt.WorkerId == worker && attempt.Failure == FailureKind.Crash);
            _model.Pardon(run, _stored.Attempts[run].Last().Failure, crashes, MaxAttempts);
        }
    }

    private Task DeliverLateAsync(LifecycleStep step)
    {
        List<object> from = step.How % 2 == 0 ? _late : _reports;
        if (from.Count == 0)
        {
            return Task.CompletedTask;
        }

        object report = from[step.Which % from.Count];
        _late.Remove(report);
        return ReportAsync(report, isLate: false);
    }

    private async Task AdvanceAsync(TimeSpan duration)
    {
        for (TimeSpan end = _clock.Elapsed + duration; _clock.Elapsed < end;)
        {
            _clock.Elapsed += LeaseExpiry.CheckInterval;
            await _process.CheckLeasesAsync(isConnected: true);

            // The first check sends a mark, which is delivered immediately; the second finds that no report waits.
            await _process.CheckLeasesAsync(isConnected: true);
            _model.CheckLeases(_clock.Elapsed);
        }
    }

    private static async Task AskAsync(Func<Task> ask, bool isAllowed)
    {
        ApiException? refusal = null;
        try
        {
            await ask();
        }
        catch (ApiException exception)
        {
            refusal = exception;
        }

        Assert.Equal(isAllowed, refusal is null);
    }
}
