using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.TestSystem.Chaos;

/// <summary>Waits for the end of sweeps, as long as they make progress.</summary>
internal sealed class SweepWatch(RetryingApi api, TimeSpan patience, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <exception cref="TimeoutException">No epoch ended for too long; the message lists the unfinished runs.</exception>
    public async Task EndedAsync(params string[] sweepIds)
    {
        long since = TimeProvider.System.GetTimestamp();
        int most = 0;
        while (true)
        {
            List<RunView> runs = [];
            foreach (string id in sweepIds)
            {
                runs.AddRange(await api.AskAsync(calm => calm.RunsAsync(id)));
            }

            RunView[] open = [.. runs.Where(run => run.Status is RunStatus.Pending or RunStatus.Queued or RunStatus.Running)];
            if (open.Length == 0)
            {
                return;
            }

            int progress = runs.Sum(run => run.Epoch) + runs.Count - open.Length;
            if (progress > most)
            {
                (most, since) = (progress, TimeProvider.System.GetTimestamp());
            }
            else if (TimeProvider.System.GetElapsedTime(since) > patience)
            {
                throw new TimeoutException(
                    $"no epoch ended for {patience}; open: {string.Join("; ", open.Select(Describe))}");
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }

    private static string Describe(RunView run) => $"cell {run.Cell} ({run.Id}) {run.Status}, attempt {run.Attempt} of {run.WorkerId}, epoch {run.Epoch}";
}
