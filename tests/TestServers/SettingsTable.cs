using System.Text.RegularExpressions;

namespace Experiments.TestServers;

/// <summary>Reads the table of settings in docs/operating.md.</summary>
public static partial class SettingsTable
{
    public const string Orchestrator = "Orchestrator";
    public const string Worker = "worker";
    public const string Dashboard = "Dashboard";

    private static readonly string[] Services = [Orchestrator, Worker, Dashboard];
    private static readonly string[] PlatformPrefixes = ["OTEL_", "ASPNETCORE_", "DOTNET_", "NVIDIA_", "CUDA_", "HTTP_PORTS", "LOGGING__CONSOLE", "AllowedHosts"];

    /// <summary>The names of the settings, in the form <c>Section:Key</c>, with the services that read each.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read()
    {
        string page = File.ReadAllText(Path.Combine(Repository(), "docs", "operating.md"));
        int start = page.IndexOf("| setting | of | meaning | default |", StringComparison.Ordinal);
        int end = page.IndexOf("\n\n", start, StringComparison.Ordinal);
        return Row().Matches(page[start..end]).ToDictionary(
            row => row.Groups[1].Value, IReadOnlyList<string> (row) => ServicesOf(row.Groups[2].Value), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether a service reads a setting, given as an environment variable (<c>Section__Key</c>).</summary>
    public static bool IsReadBy(string service, string variable) =>
        Read().Any(setting => Names(setting.Key, variable.Replace("__", ":", StringComparison.Ordinal)) && setting.Value.Contains(service));

    /// <summary>A setting with a name in it, such as <c>Access:Tokens:&lt;name&gt;</c>, includes all below it.</summary>
    private static bool Names(string setting, string key) => setting.Split('<') is [var prefix, _, ..]
        ? key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        : key.Equals(setting, StringComparison.OrdinalIgnoreCase);

    /// <summary>Variables of the runtime, ASP.NET Core, OpenTelemetry and NVIDIA, which are documented elsewhere.</summary>
    public static bool IsOfThePlatform(string variable) =>
        PlatformPrefixes.Any(prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The folder of the solution.</summary>
    public static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Experiments.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("tests must run inside the repository");
    }

    private static string[] ServicesOf(string column) =>
        column.StartsWith("all", StringComparison.Ordinal) ? Services : [.. Services.Where(service => column.Contains(service, StringComparison.Ordinal))];

    [GeneratedRegex(@"^\| `([^`]+)`[^|]*\| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
