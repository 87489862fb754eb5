using System.Xml.Linq;

namespace Experiments.Architecture.Tests;

/// <summary>The sources that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Projects { get; } =
        ["Contracts", "ServiceDefaults", "Orchestrator", "GpuWorker", "Dashboard", "Standalone", "AppHost"];

    /// <summary>The names of the projects that a project references directly.</summary>
    public static IReadOnlyList<string> ReferencesOf(string project) =>
        [.. Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];

    /// <summary>The names of the packages that a project references directly.</summary>
    public static IReadOnlyList<string> PackagesOf(string project) => [.. Items(project, "PackageReference")];

    public static IReadOnlyList<string> FrameworksOf(string project) => [.. Items(project, "FrameworkReference")];

    public static string SdkOf(string project) => Load(project).Root!.Attribute("Sdk")!.Value;

    private static IEnumerable<string> Items(string project, string kind) =>
        Load(project).Descendants(kind).Select(item => item.Attribute("Include")?.Value).OfType<string>();

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Root, project, $"{project}.csproj"));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Experiments.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} contains Experiments.sln");
    }
}
