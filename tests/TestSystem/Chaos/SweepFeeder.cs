using Experiments.Contracts.Api;

namespace Experiments.TestSystem.Chaos;

/// <summary>Extends a sweep so that runs are always waiting.</summary>
internal sealed class SweepFeeder(RetryingApi api, string sweepId, int workers, ChaosLog log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private int _seed = 1;

    /// <summary>Until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                SweepView sweep = await api.AskAsync(calm => calm.SweepAsync(sweepId));
                if (sweep.RunCounts.Pending + sweep.RunCounts.Queued < workers)
                {
                    int seed = ++_seed;
                    await api.AskAsync(calm => calm.ExtendAsync(sweepId, ChaosSweeps.Extension(seed)));
                    log.Note($"the sweep was extended by seed {seed}");
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                log.Problem($"the sweep could not be extended: {exception.Message}");
            }

            await Task.Delay(Interval, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
