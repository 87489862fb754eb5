using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;

namespace Experiments.TestSystem.Chaos;

/// <summary>
/// Kills a worker so that a run certainly loses its attempt, however slow the machine is: kills it only while it is training, and repeats the kill if the run
/// completed at that moment.
/// </summary>
internal sealed class SureKill(WorkerFleet workers, RetryingApi api, TimeSpan patience, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns when the attempt is lost; the worker is then down.</summary>
    /// <returns>When the worker was killed.</returns>
    /// <exception cref="TimeoutException">The worker got no run, or the outcome of its run was not reported.</exception>
    public async Task<DateTimeOffset> StrikeAsync(int worker)
    {
        while (true)
        {
            RunView struck = await TrainedByAsync(worker);
            DateTimeOffset at = TimeProvider.System.GetUtcNow();
            await workers[worker].KillAsync();
            if (await IsLostAsync(struck))
            {
                return at;
            }

            workers.Start(worker);
        }
    }

    private Task<RunView> TrainedByAsync(int worker) => UntilAsync(
        async () =>
        {
            IReadOnlyList<WorkerView> known = await api.AskAsync(calm => calm.GetAsync<IReadOnlyList<WorkerView>>("api/workers"));
            string? runId = known.FirstOrDefault(view => view.Id == WorkerFleet.NameOf(worker) && view.State == WorkerState.Busy && workers.IsPresent(worker, view))?.RunId;
            RunView? run = runId is null ? null : await RunAsync(runId);
            return run is { Status: RunStatus.Running } && run.WorkerId == WorkerFleet.NameOf(worker) ? run : null;
        },
        $"{WorkerFleet.NameOf(worker)} got no run to train");

    private async Task<bool> IsLostAsync(RunView struck)
    {
        AttemptView ended = await UntilAsync(
            async () => (await api.AskAsync(calm => calm.AttemptsAsync(struck.Id))).FirstOrDefault(attempt => attempt.Attempt == struck.Attempt && attempt.Outcome is not null),
            $"the lease of run {struck.Id}, attempt {struck.Attempt}, did not end");
        return ended.Outcome == AttemptOutcome.Lost;
    }

    private Task<RunView> RunAsync(string id) => api.AskAsync(calm => calm.GetAsync<RunView>($"api/runs/{id}"));

    private async Task<T> UntilAsync<T>(Func<Task<T?>> look, string problem)
        where T : class
    {
        long start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < patience)
        {
            if (await look() is { } seen)
            {
                return seen;
            }

            await Task.Delay(Interval, cancellationToken);
        }

        throw new TimeoutException($"{problem} for {patience}");
    }
}
