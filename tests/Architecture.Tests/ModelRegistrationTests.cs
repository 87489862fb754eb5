using Experiments.Contracts.Catalog;

namespace Experiments.Architecture.Tests;

/// <summary>A model is one folder with its network and one registration: its name stands nowhere else.</summary>
public sealed class ModelRegistrationTests
{
    private static readonly string Networks = Path.Combine(Repository.Root, "GpuWorker", "Models") + Path.DirectorySeparatorChar;

    /// <summary>The default of the hyperparameter.</summary>
    private static readonly string Default = Path.Combine(Repository.Root, "Contracts", "Configuration", "Hyperparameters.cs");

    private static readonly Dictionary<string, string> Sources = Repository.Projects
        .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*", SearchOption.AllDirectories))
        .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && file != Default)
        .ToDictionary(file => file, File.ReadAllText);

    public static TheoryData<string> Names => [.. ModelCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_OfAModel_StandsInOneRegistrationAndOneFolder(string name)
    {
        string[] files = [.. Sources.Where(source => source.Value.Contains($"\"{name}\"", StringComparison.Ordinal)).Select(source => source.Key)];

        string registration = Assert.Single(files, file => !file.StartsWith(Networks, StringComparison.Ordinal));
        Assert.Equal(Path.Combine(Repository.Root, "Contracts", "Catalog"), Path.GetDirectoryName(registration));
        Assert.Single(files.Where(file => file != registration).Select(Path.GetDirectoryName).Distinct());
    }
}
