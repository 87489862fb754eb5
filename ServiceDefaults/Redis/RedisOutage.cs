using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Redis;

/// <summary>Logs an outage once, however often a reader retries.</summary>
internal sealed class RedisOutage(ILogger logger)
{
    private bool _lasts;

    /// <summary>True for failures of Redis or the connection, not of the program.</summary>
    public static bool Is(Exception exception) => exception is RedisException or TimeoutException or ObjectDisposedException;

    /// <summary>The first part of the client's message, which continues with pages of internal state.</summary>
    public static string Describe(Exception exception) => exception.Message.Split(" - ", 2)[0].Split(", inst:", 2)[0];

    public void Begin(Exception exception)
    {
        if (!_lasts)
        {
            logger.LogWarning("The metric stream cannot be read ({Problem}); trying again until it can", Describe(exception));
        }

        _lasts = true;
    }

    public void End()
    {
        if (_lasts)
        {
            logger.LogInformation("The metric stream can be read again");
        }

        _lasts = false;
    }
}
