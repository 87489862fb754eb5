using Polly;
using Polly.Retry;

namespace Experiments.ServiceDefaults.Retries;

/// <summary>Retries a step while another service is unreachable. The first failure and the recovery are reported, not each attempt.</summary>
/// <param name="time">Measures the pauses.</param>
/// <param name="isOutage">True for a transient failure; any other is thrown.</param>
public sealed class OutageRetry(TimeProvider time, Func<Exception, bool> isOutage)
{
    /// <summary>The backoff after the first failure; a second by default.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The backoff doubles up to this; by default it stays at a second.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Runs the step until it succeeds.</summary>
    /// <param name="step">One attempt.</param>
    /// <param name="began">Receives the first failure.</param>
    /// <param name="ended">Called when the step succeeds after a failure.</param>
    /// <param name="position">The progress of the step: the backoff is reset when an attempt made progress. Null for a step without partial progress.</param>
    /// <param name="cancellationToken">Cancels an attempt or a pause.</param>
    /// <returns>The result of the successful attempt.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set.</exception>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, ValueTask<T>> step, Action<Exception> began, Action ended, Func<long>? position, CancellationToken cancellationToken)
    {
        bool hasFailed = false;
        TimeSpan next = FirstPause;
        long furthest = position?.Invoke() ?? 0;
        ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = failure => new(failure.Outcome.Exception is { } exception && isOutage(exception)),
                DelayGenerator = _ => new(TakePause()),
                OnRetry = failure =>
                {
                    if (!hasFailed)
                    {
                        began(failure.Outcome.Exception!);
                    }

                    hasFailed = true;
                    return default;
                },
            })
            .Build();
        T result = await pipeline.ExecuteAsync(step, cancellationToken);
        if (hasFailed)
        {
            ended();
        }

        return result;

        TimeSpan? TakePause()
        {
            long reached = position?.Invoke() ?? 0;
            TimeSpan pause = reached > furthest ? FirstPause : next;
            furthest = Math.Max(furthest, reached);
            next = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            return pause;
        }
    }

    /// <summary>Runs a step without a result until it succeeds.</summary>
    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<CancellationToken, Task> step, Action<Exception> began, Action ended, CancellationToken cancellationToken) => RunAsync(
        async token =>
        {
            await step(token);
            return true;
        },
        began, ended, position: null, cancellationToken);
}
