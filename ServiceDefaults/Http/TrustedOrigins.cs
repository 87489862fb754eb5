using Experiments.ServiceDefaults.Hosting;
using Microsoft.Extensions.Configuration;

namespace Experiments.ServiceDefaults.Http;

/// <summary>Origins of web pages, besides the service's own, that may send changing requests.</summary>
public sealed class TrustedOrigins(IConfiguration configuration)
{
    /// <summary>The setting: origins as browsers write them, such as <c>https://lab.example.org</c>, separated by <c>;</c>.</summary>
    public const string Setting = "AllowedOrigins";

    private readonly HashSet<string> _origins = Read(configuration[Setting] ?? "");

    /// <summary>True for an origin that the setting lists, ignoring case.</summary>
    public bool Contains(string origin) => _origins.Contains(origin);

    /// <exception cref="ServiceConfigurationException">One of them is not an origin.</exception>
    private static HashSet<string> Read(string setting)
    {
        string[] origins = setting.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? wrong = Array.Find(origins, origin => !IsOrigin(origin));
        return wrong is null
            ? origins.Select(origin => origin.TrimEnd('/')).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : throw new ServiceConfigurationException($"{Setting} has '{wrong}'; it takes origins such as https://lab.example.org, separated by ';'");
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0;
}
