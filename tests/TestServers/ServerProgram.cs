namespace Experiments.TestServers;

/// <summary>Finds the servers that tests start.</summary>
public static class ServerProgram
{
    /// <summary>Set to 1 to skip tests whose server is not installed; otherwise they fail, so that a missing server cannot go unnoticed.</summary>
    public const string AllowSkipVariable = "EXPERIMENTS_ALLOW_SKIP";

    /// <summary>The full path of the first of <paramref name="candidates"/> (paths, or names to look for in PATH) that exists.</summary>
    public static string Find(params string[] candidates)
    {
        string? found = candidates.SelectMany(Paths).FirstOrDefault(File.Exists);
        if (found is not null)
        {
            return found;
        }

        string problem = $"{candidates[^1]} is not installed; ./test.sh installs it on Debian and Ubuntu";
        if (Environment.GetEnvironmentVariable(AllowSkipVariable) == "1")
        {
            Assert.Skip(problem);
        }

        throw new FileNotFoundException($"{problem} ({AllowSkipVariable}=1 skips the tests that need it).");
    }

    private static IEnumerable<string> Paths(string candidate) => Path.IsPathRooted(candidate)
        ? [candidate]
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, candidate));
}
