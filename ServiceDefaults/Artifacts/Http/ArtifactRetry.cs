using Experiments.ServiceDefaults.Retries;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>Retries a request until the Orchestrator answers, with exponential backoff.</summary>
internal sealed class ArtifactRetry(TimeProvider time, ILogger<HttpArtifactStore> logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    private readonly OutageRetry _retry = new(time, exception => exception is ArtifactUnreachableException) { LongestPause = LongestPause };

    /// <param name="what">The operation, for the log: "Sending …".</param>
    /// <param name="step">One attempt.</param>
    /// <param name="position">The progress so far: the backoff is reset when an attempt made progress.</param>
    /// <exception cref="ArtifactRefusedException">The failure is permanent.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set.</exception>
    public Task<T> RunAsync<T>(string what, Func<Task<T>> step, Func<long> position, CancellationToken cancellationToken) => _retry.RunAsync(
        _ => new ValueTask<T>(step()),
        exception => logger.LogWarning("{What} does not work now and is tried until it does: {Reason}", what, exception.Message),
        () => logger.LogInformation("{What} works again", what),
        position,
        cancellationToken);
}
