namespace Experiments.Orchestrator.Tests.Support;

/// <summary>How long a test waits for something that must happen: long enough for a busy machine, so that running out of it is a failure.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Cancelled when the test is, or when patience ends.</summary>
    public static CancellationToken Token
    {
        get
        {
            var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            source.CancelAfter(Limit);
            return source.Token;
        }
    }

    /// <summary>Asks again and again until <paramref name="isSo"/>.</summary>
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
