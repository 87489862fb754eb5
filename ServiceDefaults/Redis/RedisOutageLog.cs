using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Redis;

/// <summary>Logs one line when Redis becomes unreachable, and one when it answers again.</summary>
internal sealed class RedisOutageLog
{
    private readonly IConnectionMultiplexer _connection;
    private readonly ILogger _logger;
    private int _down;

    private RedisOutageLog(IConnectionMultiplexer connection, ILogger logger) => (_connection, _logger) = (connection, logger);

    public static void Attach(IConnectionMultiplexer connection, ILogger logger)
    {
        var log = new RedisOutageLog(connection, logger);
        connection.ConnectionFailed += (_, failure) => log.Update(failure.FailureType.ToString());
        connection.ConnectionRestored += (_, _) => log.Update("");
        log.Update("no answer");
    }

    private void Update(string reason)
    {
        bool down = !_connection.IsConnected;
        if (Interlocked.Exchange(ref _down, down ? 1 : 0) == (down ? 1 : 0))
        {
            return;
        }

        if (down)
        {
            _logger.LogWarning("Redis at {Addresses} cannot be reached ({Reason}); trying again until it answers", _connection.Addresses(), reason);
        }
        else
        {
            _logger.LogInformation("Redis at {Addresses} answers again", _connection.Addresses());
        }
    }
}
