using System.Globalization;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Runs.Deletion;
using Experiments.Orchestrator.Runs.Expiry;
using Experiments.Orchestrator.Runs.Notices;
using Experiments.Orchestrator.Runs.Tickets;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <content>The loops of its host, and the points where other tasks run first or the process ends.</content>
internal sealed partial class SimulatedOrchestrator
{
    private async Task LiveAsync(int life)
    {
        await Process.StartAsync();
        RequireLife(life);
        IsUp = true;
        world.Trace?.Invoke($"the Orchestrator is up, life {life}");
        Repeat(life, 0.05, 3.5, process => process.GetHosted<TicketDispatcher>().SendDueAsync(CancellationToken.None));
        Repeat(life, 1, 1, process => process.CheckLeasesAsync(world.Broker.IsUp));
        Repeat(life, 0.1, 1, process => process.GetHosted<StopNotices>().SendWaitingAsync(CancellationToken.None));
        Repeat(life, 0.05, 0.5, TakeEventAsync);
        Repeat(life, 0.2, 3, ArchiveAsync);
        Repeat(life, 0.1, 4, RemoveDeletedAsync);
    }

    private void Repeat(int life, double fromSeconds, double toSeconds, Func<OrchestratorProcess, Task> round) => Loop.Start(async () =>
    {
        while (true)
        {
            await Loop.DelayAsync(Luck.Between(fromSeconds, toSeconds));
            if (!IsAlive(life) || !await DoAsync(round))
            {
                return;
            }
        }
    });

    private async Task TakeEventAsync(OrchestratorProcess process)
    {
        while (world.Broker.PeekEvent() is { } @event)
        {
            await process.HandleAsync(@event);
            world.Broker.AcknowledgeEvent(@event);
        }
    }

    private async Task ArchiveAsync(OrchestratorProcess process)
    {
        MetricArchive archive = process.Get<MetricArchive>();
        if (world.Stream.Length > world.Stream.Archived)
        {
            (var batches, string position) = world.Stream.ReadAfter(await archive.PositionAsync(CancellationToken.None));
            await archive.StoreAsync(batches, position, CancellationToken.None);
            world.Stream.Archived = int.Parse(position, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Only if there is something to remove: the host is woken by deletions too.</summary>
    private Task RemoveDeletedAsync(OrchestratorProcess process) => world.Stored.Deleted.Values.Any(isRemoved => !isRemoved)
        ? process.GetHosted<DeletedRunRemoval>().RemoveDueAsync(CancellationToken.None)
        : Task.CompletedTask;

    /// <summary>A point where other tasks may run first, and where the process may end.</summary>
    private async Task PauseAsync(int life)
    {
        RequireLife(life);
        if (Luck.Next(3) == 0)
        {
            await Loop.DelayAsync(Luck.Between(0, 0.04));
        }

        RequireLife(life);
        Step();
    }

    private async Task SendAsync(int life, object message)
    {
        await PauseAsync(life);
        await (message switch
        {
            RunTicket ticket => world.Broker.SendTicketAsync(ticket),
            ReportMark mark => world.Broker.SendEventAsync(mark),
            StopAttempt notice => world.NotifyAsync(notice),
            _ => throw new ArgumentOutOfRangeException(nameof(message), message, "unexpected message"),
        });
        await PauseAsync(life);
    }

    private void RequireLife(int life)
    {
        if (!IsAlive(life))
        {
            throw new ProcessEndedException();
        }
    }
}
