using Microsoft.Extensions.Configuration;

namespace Experiments.AppHost.Settings;

/// <summary>Refuses unknown arguments, such as a misspelled setting, instead of ignoring them.</summary>
internal static class CommandLineCheck
{
    private const string WorkersSection = "Workers";

    private static readonly string[] Workers = ["Gpus", "Cpu", "PerGpu", "Spare"];

    private static readonly string[] Known = ["Servers", .. Workers.Select(name => $"{WorkersSection}:{name}"), "Storage:Root", "Artifacts:Root"];

    /// <summary>Prefixes that .NET's host and Aspire read and check themselves.</summary>
    private static readonly string[] OfTheHost =
    [
        "ConnectionStrings", "Logging", "AppHost", "Aspire", "DcpPublisher", "Dashboard", "Parameters", "Pipeline", "Publishing",
        "environment", "contentRoot", "applicationName", "urls", "log-level",
    ];

    /// <summary>With one of these arguments the AppHost is run by a publishing tool.</summary>
    private static readonly string[] OfPublishing = ["publisher", "operation", "deploy", "step"];

    /// <exception cref="AppHostSettingsException">An argument, or a setting of <c>Workers</c> from any source, is unknown.</exception>
    public static void Require(string[] arguments, IConfiguration configuration)
    {
        foreach (string name in configuration.GetSection(WorkersSection).GetChildren().Select(child => child.Key))
        {
            RequireKnown($"{WorkersSection}:{name}", Workers.Contains(name, StringComparer.OrdinalIgnoreCase));
        }

        string[] keys = [.. Keys(arguments)];
        if (keys.Any(key => OfPublishing.Contains(key, StringComparer.OrdinalIgnoreCase)))
        {
            return;
        }

        foreach (string key in keys)
        {
            RequireKnown(key, Known.Contains(key, StringComparer.OrdinalIgnoreCase) || IsOfTheHost(key));
        }
    }

    /// <summary>The forms that .NET reads: <c>--key=value</c>, <c>--key value</c>, <c>/key=value</c>, <c>/key value</c> and <c>key=value</c>.</summary>
    private static IEnumerable<string> Keys(string[] arguments)
    {
        for (int index = 0; index < arguments.Length; index++)
        {
            string argument = arguments[index];
            string key = argument.TrimStart('-', '/').Split('=')[0];
            yield return key;
            if (!argument.Contains('=', StringComparison.Ordinal) && key.Length < argument.Length)
            {
                // The next argument is its value.
                index++;
            }
        }
    }

    private static bool IsOfTheHost(string key)
    {
        string section = key.Split(':')[0];
        return OfTheHost.Contains(section, StringComparer.OrdinalIgnoreCase)
            || section.StartsWith("ASPIRE_", StringComparison.OrdinalIgnoreCase)
            || section.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase)
            || section.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase);
    }

    private static void RequireKnown(string key, bool isKnown)
    {
        if (!isKnown)
        {
            throw new AppHostSettingsException(
                $"\"{key}\" is no setting of the AppHost; it has --{string.Join(", --", Known)}. "
                + "Settings of the services are environment variables, such as Leases__Seconds=30.");
        }
    }
}
