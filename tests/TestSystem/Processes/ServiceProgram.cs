namespace Experiments.TestSystem.Processes;

/// <summary>Finds the build output of other projects.</summary>
public static class ServiceProgram
{
    /// <summary>The folder that contains the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The path of a project's assembly, in the build configuration of the running program.</summary>
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

        throw new DirectoryNotFoundException("tests must run inside the repository");
    }
}
