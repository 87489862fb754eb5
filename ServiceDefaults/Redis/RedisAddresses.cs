using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace Experiments.ServiceDefaults.Redis;

/// <summary>Formats the servers of a connection for logs and messages. Omits the rest of the connection string, which may contain a password.</summary>
internal static class RedisAddresses
{
    public static string Addresses(this IConnectionMultiplexer redis) => Describe(redis.GetEndPoints(configuredOnly: true));

    public static string Describe(IEnumerable<EndPoint> endPoints) => string.Join(", ", endPoints.Select(Describe));

    private static string Describe(EndPoint endPoint) => endPoint is DnsEndPoint name
        ? string.Create(CultureInfo.InvariantCulture, $"{name.Host}:{name.Port}")
        : endPoint.ToString() ?? "";
}
