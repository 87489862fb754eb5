namespace Experiments.Orchestrator.Tests.Support;

/// <summary>Waits for something that must happen: long enough for a busy machine, so that a timeout is a failure.</summary>
internal static class TestTimeout
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Cancelled with the test, or after the timeout.</summary>
    public static CancellationToken Token
    {
        get
        {
            var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            source.CancelAfter(Limit);
            return source.Token;
        }
    }

    /// <summary>Polls until <paramref name="isSo"/>.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isSo)
    {
        CancellationToken token = Token;
        while (true)
        {
            T answer = await ask();
            if (isSo(answer))
            {
                return answer;
            }

            try
            {
                await Task.Delay(20, token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"still: {answer}");
            }
        }
    }
}
