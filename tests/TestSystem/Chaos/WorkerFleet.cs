using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.TestSystem.Processes;

namespace Experiments.TestSystem.Chaos;

/// <summary>The workers by name, across restarts of their processes.</summary>
internal sealed class WorkerFleet(DistributedSystem system, int count)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly ServiceProcess[] _workers = new ServiceProcess[count];
    private readonly DateTimeOffset[] _startedAt = new DateTimeOffset[count];

    public ServiceProcess this[int worker] => _workers[worker];

    public static string NameOf(int worker) => string.Create(CultureInfo.InvariantCulture, $"worker-{worker + 1}");

    public void Start(int worker)
    {
        _workers[worker] = system.StartWorker(NameOf(worker));
        _startedAt[worker] = TimeProvider.System.GetUtcNow();
    }

    /// <summary>Waits until the worker's current process trains, or for <paramref name="limit"/>.</summary>
    public async Task BusyAsync(int worker, TimeSpan limit, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < limit && !await IsBusyAsync(worker))
        {
            await Task.Delay(Interval, cancellationToken);
        }
    }

    /// <summary>Whether the Orchestrator has received a heartbeat of the worker's current process, not only of an earlier one.</summary>
    public bool IsPresent(int worker, WorkerView view) => view.LastSeen > _startedAt[worker];

    public void StartAll()
    {
        for (int worker = 0; worker < count; worker++)
        {
            Start(worker);
        }
    }

    private async Task<bool> IsBusyAsync(int worker)
    {
        try
        {
            IReadOnlyList<WorkerView> known = await system.Api.GetAsync<IReadOnlyList<WorkerView>>("api/workers");
            return known.Any(view => view.Id == NameOf(worker) && view.State == WorkerState.Busy && IsPresent(worker, view));
        }
        catch (HttpRequestException)
        {
            // Unknown while the Orchestrator is down.
            return false;
        }
    }
}
