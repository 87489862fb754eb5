using System.Text.RegularExpressions;

namespace Experiments.Contracts.Text;

/// <summary>Recognizes texts that look like paths but cannot be paths on this machine: addresses, <c>~</c>, other systems' paths.</summary>
public static partial class ForeignPath
{
    /// <summary>The reason, and what to write instead; null for any other text.</summary>
    public static string? WhyNone(string path) =>
        Address().IsMatch(path) ? "an address, and addresses are not fetched; download the file first and write its full path"
        : Home().IsMatch(path) ? "~ is not expanded; write the full path"
        : !OperatingSystem.IsWindows() && Windows().IsMatch(path) ? "a path of Windows, which this machine does not have; write the full path as the Orchestrator and all workers see it"
        : null;

    [GeneratedRegex("^[a-z][a-z0-9+.-]*://", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"^~[^/\\]*[/\\]")]
    private static partial Regex Home();

    [GeneratedRegex(@"^([a-z]:[/\\]|\\\\)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Windows();
}
