namespace Experiments.Dashboard.Tests;

/// <summary>Waits for another thread; the limit is for failing tests only.</summary>
internal static class Eventually
{
    private const int MostTries = 2000;

    public static async Task TrueAsync(Func<bool> condition)
    {
        for (int tries = 0; tries < MostTries && !condition(); tries++)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.True(condition(), "what was waited for did not happen");
    }
}
