using Experiments.ServiceDefaults.Retries;
using Experiments.ServiceDefaults.Tests.Artifacts.Http;

namespace Experiments.ServiceDefaults.Tests.Retries;

public sealed class OutageRetryTests
{
    private readonly HurriedTime _time = new();
    private readonly List<string> _log = [];
    private int _tries;
    private long _position;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_Works_ReportsNothing()
    {
        Assert.Equal(1, await RunAsync(new OutageRetry(_time, _ => true), failures: 0));

        Assert.Empty(_log);
        Assert.Empty(_time.Pauses);
    }

    [Fact]
    public async Task RunAsync_Outage_TriesEverySecondAndReportsBeginAndEnd()
    {
        Assert.Equal(4, await RunAsync(new OutageRetry(_time, _ => true), failures: 3));

        Assert.Equal(["began: failure 1", "ended"], _log);
        Assert.Equal([1, 1, 1], Pauses());
    }

    [Fact]
    public async Task RunAsync_LongerPauses_DoubleUpToTheLongestAndStartAgainAfterProgress()
    {
        var retry = new OutageRetry(_time, _ => true) { LongestPause = TimeSpan.FromSeconds(5) };

        await RunAsync(retry, failures: 7, beforeFailure: number => _position += number == 5 ? 10 : 0);

        Assert.Equal([1, 2, 4, 5, 1, 2, 4], Pauses());
    }

    [Fact]
    public async Task RunAsync_FailureThatIsNoOutage_IsThrown()
    {
        var retry = new OutageRetry(_time, exception => exception is IOException);

        await Assert.ThrowsAsync<TimeoutException>(() => RunAsync(retry, failures: 1));

        Assert.Empty(_log);
        Assert.Equal(1, _tries);
    }

    [Fact]
    public async Task RunAsync_CancelledDuringAPause_Ends()
    {
        using var cancel = new CancellationTokenSource();
        _time.OnPause = pauses =>
        {
            if (pauses == 2)
            {
                cancel.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new OutageRetry(_time, exception => exception is not OperationCanceledException).RunAsync(
            _ => throw new TimeoutException(), exception => _log.Add("began"), () => _log.Add("ended"), cancel.Token));

        Assert.Equal(["began"], _log);
        Assert.Equal(2, _time.Pauses.Count);
    }

    private IEnumerable<double> Pauses() => _time.Pauses.Select(pause => pause.TotalSeconds);

    /// <returns>The number of attempts.</returns>
    private Task<int> RunAsync(OutageRetry retry, int failures, Action<int>? beforeFailure = null) => retry.RunAsync(
        _ =>
        {
            if (++_tries > failures)
            {
                return new ValueTask<int>(_tries);
            }

            beforeFailure?.Invoke(_tries);
            throw new TimeoutException($"failure {_tries}");
        },
        exception => _log.Add($"began: {exception.Message}"),
        () => _log.Add("ended"),
        () => _position,
        Cancelled);
}
