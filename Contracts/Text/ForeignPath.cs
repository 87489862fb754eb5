using System.Text.RegularExpressions;

namespace Experiments.Contracts.Text;

/// <summary>What looks like the path of a file and is none on this machine; relative to no folder either.</summary>
public static partial class ForeignPath
{
    /// <summary>Why, and what to write instead; null for any other text.</summary>
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
