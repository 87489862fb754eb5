namespace Experiments.EndToEnd.Tests.Processes;

/// <summary>Finds what was built beside these tests.</summary>
internal static class ServiceProgram
{
    /// <summary>The folder of the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The assembly of a project, in the configuration of these tests.</summary>
    public static string Of(string project)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        string configuration = framework.Parent!.Name;
        string path = Path.Combine(Repository, project, "bin", configuration, framework.Name, $"Experiments.{project}.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{project} was not built: {path}");
    }

    private static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Experiments.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("these tests have to run inside the repository");
    }
}
