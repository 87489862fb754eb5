using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>Tries again and again what needs the Orchestrator, with growing pauses, and says so once.</summary>
internal sealed class Persistence(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    /// <param name="what">What is tried, for the log: "Sending …".</param>
    /// <param name="step">One try.</param>
    /// <param name="position">How far it has come: pauses begin anew when a try brought something.</param>
    /// <exception cref="ArtifactRefusedException">It will never work.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set.</exception>
    public async Task<T> RunAsync<T>(string what, Func<Task<T>> step, Func<long> position, CancellationToken cancellationToken)
    {
        TimeSpan pause = FirstPause;
        long furthest = position();
        for (bool failed = false; ; failed = true)
        {
            try
            {
                T result = await step();
                if (failed)
                {
                    logger.LogInformation("{What} works again", what);
                }

                return result;
            }
            catch (ArtifactUnreachableException exception)
            {
                if (!failed)
                {
                    logger.LogWarning("{What} does not work now and is tried until it does: {Reason}", what, exception.Message);
                }

                logger.LogDebug(exception, "{What} did not work", what);
            }

            pause = position() > furthest ? FirstPause : pause;
            furthest = Math.Max(furthest, position());
            await Task.Delay(pause, time, cancellationToken);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }
}
