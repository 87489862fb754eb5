using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Experiments.ServiceDefaults.Access;

/// <summary>The addresses that Kestrel will listen on, by the rules by which it reads its configuration.</summary>
internal static class ListenAddresses
{
    private const char Separator = ';';

    /// <summary>The first address that other machines can reach; null when all are on loopback.</summary>
    public static string? FirstBeyondLoopback(IConfiguration configuration) => All(configuration).FirstOrDefault(address => !IsLoopback(address));

    /// <summary>Endpoints replace addresses, which replace ports.</summary>
    private static string[] All(IConfiguration configuration)
    {
        string[] endpoints = [.. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>()];
        string[] urls = Split(configuration[WebHostDefaults.ServerUrlsKey]);
        bool prefersUrls = configuration.GetValue<bool>(WebHostDefaults.PreferHostingUrlsKey) && urls.Length > 0;
        return endpoints.Length > 0 && !prefersUrls ? endpoints
            : urls.Length > 0 ? urls
            : [.. PortsOf("http", configuration), .. PortsOf("https", configuration)];
    }

    /// <summary>A port without a host means all interfaces.</summary>
    private static IEnumerable<string> PortsOf(string scheme, IConfiguration configuration) =>
        Split(configuration[$"{scheme}_ports"]).Select(port => $"{scheme}://*:{port}");

    /// <summary>Kestrel listens on all interfaces for every host name other than localhost and the names below it.</summary>
    private static bool IsLoopback(string text)
    {
        BindingAddress address = BindingAddress.Parse(text);
        return address.IsUnixPipe
            || address.IsNamedPipe
            || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
    }

    private static string[] Split(string? setting) =>
        (setting ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
