using System.Text.RegularExpressions;

namespace Experiments.Architecture.Tests;

/// <summary>The dashboard's links are relative to its base, so that it also works under a path of another site.</summary>
public sealed partial class DashboardAddressTests
{
    /// <summary>Marks lines that declare routes instead of linking to them.</summary>
    private static readonly string[] Declaring = ["@page \"", ".MapGroup(\"", ".MapGet(\"", ".MapGet($\"", "<base href=\"", "ProgramPaths ="];

    private static readonly string[] Extensions = [".razor", ".cs", ".js"];

    [Fact]
    public void Sources_AddressesOfTheDashboard_AreRelativeToItsBase()
    {
        string folder = Path.Combine(Repository.Root, "Dashboard");
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsSource)];
        string pages = string.Join('|', files.SelectMany(file => Route().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Concat(["download", "dashboard", "_content", "_framework"]).Distinct());
        var address = new Regex($"""["'`(]/({pages})(?![\w-])|(?:href|src|action|formaction|Href)=["']/|(?:[nN]avigateTo|fetch|import|window\.open)\(\$?["'`]/""", RegexOptions.CultureInvariant);

        IEnumerable<string> absolute =
            from file in files
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            where address.IsMatch(line.Text) && !Declaring.Any(words => line.Text.Contains(words, StringComparison.Ordinal))
            select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number}: {line.Text.Trim()}";

        Assert.Contains("sweeps", pages, StringComparison.Ordinal);
        Assert.Empty(absolute);
    }

    private static bool IsSource(string file)
    {
        string[] folders = Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar);
        return Extensions.Contains(Path.GetExtension(file)) && !folders.Contains("obj") && !folders.Contains("bin");
    }

    /// <summary>The first segment of a page's route.</summary>
    [GeneratedRegex("""@page "/([\w-]+)""")]
    private static partial Regex Route();
}
