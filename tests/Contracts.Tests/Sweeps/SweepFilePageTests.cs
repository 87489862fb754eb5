using System.Runtime.CompilerServices;
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Tests.Sweeps;

/// <summary>docs/sweep-file.md agrees with the catalog.</summary>
public sealed class SweepFilePageTests
{
    [Fact]
    public void Page_ListsEveryHyperparameterWithDefaultAndRange()
    {
        string page = File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "docs", "sweep-file.md"));

        Assert.All(HyperparameterCatalog.All, definition => Assert.Contains(Row(definition), page, StringComparison.Ordinal));
    }

    private static string Row(HyperparameterDefinition definition)
    {
        string standard = HyperparameterDefinition.Format(definition.Get(Hyperparameters.Default));
        return $"| `{definition.Name}` | {standard} | {definition.Allowed.Replace("<", "&lt;", StringComparison.Ordinal)} | {definition.Description} |";
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
