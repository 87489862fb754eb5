using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace Experiments.ServiceDefaults.Hosting;

/// <summary>Services listen on the loopback interface only unless an address is configured: callers are not authenticated.</summary>
public static class LoopbackDefault
{
    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    /// <summary>
    /// Listens on <c>http://localhost:<paramref name="port"/></c> when no address is configured: neither
    /// <c>ASPNETCORE_URLS</c>, <c>--urls</c>, <c>ASPNETCORE_HTTP_PORTS</c>, <c>ASPNETCORE_HTTPS_PORTS</c> nor <c>Kestrel:Endpoints</c>.
    /// </summary>
    /// <param name="port">0 for any free port.</param>
    public static WebApplicationBuilder UseLoopbackByDefault(this WebApplicationBuilder builder, int port)
    {
        if (!IsAddressConfigured(builder.Configuration))
        {
            // "localhost" means IPv4 and IPv6, which cannot share a port that the system picks.
            string host = port == 0 ? "127.0.0.1" : "localhost";
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}"));
        }

        return builder;
    }

    private static bool IsAddressConfigured(ConfigurationManager configuration) =>
        AddressKeys.Any(key => !string.IsNullOrWhiteSpace(configuration[key]))
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
