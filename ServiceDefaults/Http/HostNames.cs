using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Experiments.ServiceDefaults.Http;

/// <summary>
/// The host names that this service accepts: the machine's loopback names, those in <c>AllowedHosts</c>, those of its configured addresses, and the
/// local address of the connection. A web page cannot make its own name one of these, so that it cannot reach a service as if it were its own server
/// (DNS rebinding).
/// </summary>
public sealed class HostNames(IConfiguration configuration)
{
    /// <summary>The setting: names separated by <c>;</c>, <c>*.example.org</c> for all below one, <c>*</c> for any. The name is ASP.NET Core's own.</summary>
    public const string Setting = "AllowedHosts";

    /// <summary>Names below <c>localhost</c> are this machine too (RFC 6761); Aspire uses them.</summary>
    private static readonly StringSegment[] OfThisMachine = ["localhost", "*.localhost"];

    private readonly StringSegment[] _configured =
        [.. (configuration[Setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => new StringSegment(name))];

    private readonly StringSegment[] _listening = [.. ListeningAt(configuration).Select(name => new StringSegment(name))];

    /// <summary>True when the request's <c>Host</c> is a name of this service: a loopback name, a configured one, or the local address of the connection.</summary>
    public bool IsAllowed(HttpContext context)
    {
        HostString host = context.Request.Host;

        // Only HTTP/1.0 clients leave it out, which browsers are not.
        return !host.HasValue
            || HostString.MatchesAny(host.Host, OfThisMachine)
            || _configured.Contains(new StringSegment("*"))
            || HostString.MatchesAny(host.Host, _configured)
            || HostString.MatchesAny(host.Host, _listening)
            || (IPAddress.TryParse(host.Host, out IPAddress? address) && (IPAddress.IsLoopback(address) || IsOf(context.Connection, address)));
    }

    private static bool IsOf(ConnectionInfo connection, IPAddress address) =>
        connection.LocalIpAddress is { } local && local.MapToIPv6().Equals(address.MapToIPv6());

    private static IEnumerable<string> ListeningAt(IConfiguration configuration) =>
        (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>())
            .Select(BindingAddress.Parse)
            .Where(address => !address.IsUnixPipe && !address.IsNamedPipe && address.Host is not ("*" or "+") && !IPAddress.TryParse(address.Host, out _))
            .Select(address => address.Host);
}
