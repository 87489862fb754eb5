using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <content>The messages of the worker.</content>
internal sealed partial class SimulatedWorker
{
    private async Task BeatForeverAsync()
    {
        await PauseAsync(world.Luck.Between(0, 1));
        while (!_isClosed)
        {
            TimeSpan next = world.Loop.Now + HeartbeatInterval;
            await BeatAsync(isLeaving: false);
            await PauseAsync(next > world.Loop.Now ? next - world.Loop.Now : TimeSpan.Zero);
        }
    }

    private async Task BeatAsync(bool isLeaving)
    {
        RunClaimed? claim = _current?.Claim;
        var heartbeat = new Heartbeat
        {
            WorkerId = id,
            Host = "host",
            Device = "cpu",
            RunId = claim?.RunId,
            Attempt = claim?.Attempt ?? 0,
            Leaving = isLeaving,
        };
        if (await AskAsync(heartbeat, HeartbeatTimeout) is HeartbeatReply reply)
        {
            _isAdmitted = reply.TakeRuns;
            if (claim is not null)
            {
                Apply(claim.RunId, claim.Attempt, reply.Attempt);
            }
        }
    }

    private void Apply(string runId, int attempt, AttemptDirective directive)
    {
        if (_current is { } current && current.Claim.RunId == runId && current.Claim.Attempt == attempt)
        {
            current.Apply(directive);
        }
    }

    private async Task TakeTicketsAsync()
    {
        while (!_isClosed)
        {
            await PauseAsync(world.Luck.Between(0.05, 0.8));

            // Occasionally a ticket is delivered while the worker is leaving the queue.
            bool stands = _isAdmitted && !_isClosed && !IsCutOff && (_current is null || world.Luck.Happens(0.02));
            if (stands && world.Broker.TakeTicket() is { } ticket)
            {
                _inHand = ticket;
                await ConsumeAsync(ticket);
                _inHand = null;
            }
        }
    }

    private async Task ConsumeAsync(RunTicket ticket)
    {
        if (_current is not null || _isClosed)
        {
            await world.Broker.SendTicketAsync(ticket);
            await AliveAsync();
            return;
        }

        if (await ClaimAsync(ticket) is not { } claim || _isClosed)
        {
            return;
        }

        world.Trace?.Invoke($"{id} begins {claim.RunId}, attempt {claim.Attempt}, after epoch {claim.Epochs.First} from {claim.ResumeFromAttempt}");
        var attempt = new SimulatedAttempt(claim, id);
        _current = attempt;
        world.Loop.Start(() => TrainAsync(attempt));
        TimeSpan until = world.Loop.Now + TicketHold;
        while (!attempt.HasEnded && world.Loop.Now < until)
        {
            await PauseAsync(TimeSpan.FromSeconds(0.2));
        }
    }

    private async Task<RunClaimed?> ClaimAsync(RunTicket ticket)
    {
        TimeSpan until = world.Loop.Now + ClaimTimeout;
        do
        {
            if (await AskAsync(new ClaimRun(id, ticket.RunId) { Contract = ClaimRun.Newest }, SimulatedBroker.RequestTimeout) is { } answer)
            {
                return answer as RunClaimed;
            }

            await PauseAsync(TimeSpan.FromSeconds(1));
        }
        while (world.Loop.Now < until);
        return null;
    }

    private async Task TrainAsync(SimulatedAttempt attempt)
    {
        AttemptEnded? end = await new SimulatedTraining(world, attempt, PauseAsync, _reports.Enqueue).RunAsync();
        world.Trace?.Invoke($"{id} ends {attempt.Claim.RunId}, attempt {attempt.Claim.Attempt}: {end?.Outcome.ToString() ?? "abandoned"} {end?.Failure?.Kind}");
        if (end is not null)
        {
            _reports.Enqueue(end);
            while (_reports.Contains(end))
            {
                await PauseAsync(TimeSpan.FromSeconds(0.02));
            }
        }

        attempt.HasEnded = true;
        _current = null;
    }

    /// <summary>Sends one after another, each until the broker has confirmed it.</summary>
    private async Task SendReportsAsync()
    {
        while (true)
        {
            await PauseAsync(world.Luck.Between(0.05, 0.4));
            if (!IsCutOff && _reports.TryPeek(out object? report))
            {
                await world.Broker.SendEventAsync(report);
                await AliveAsync();
                _reports.Dequeue();
            }
        }
    }

    private async Task<object?> AskAsync(object request, TimeSpan patience)
    {
        object? answer = await world.Broker.RequestAsync(
            () => IsCutOff ? Task.FromResult<object?>(null) : world.Orchestrator.ServeAsync(request), () => world.Orchestrator.IsUp, patience);
        await AliveAsync();
        return IsCutOff ? null : answer;
    }

    private async Task PauseAsync(TimeSpan duration)
    {
        await world.Loop.DelayAsync(duration);
        await AliveAsync();
    }

    /// <summary>Completes when the worker continues.</summary>
    private async Task AliveAsync()
    {
        while (_frozen is { } frozen)
        {
            await frozen.Task;
        }

        if (IsDead)
        {
            throw new ProcessEndedException();
        }
    }
}
