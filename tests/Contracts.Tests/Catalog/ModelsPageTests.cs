using System.Globalization;
using System.Runtime.CompilerServices;
using Experiments.Contracts.Catalog;

namespace Experiments.Contracts.Tests.Catalog;

/// <summary>docs/models.md agrees with the catalog.</summary>
public sealed class ModelsPageTests
{
    [Fact]
    public void Page_ListsEveryModelInTheCatalogsOrder()
    {
        string[] rows = [.. File.ReadLines(Path.Combine(Folder(), "..", "..", "..", "docs", "models.md"))
            .SkipWhile(line => !line.StartsWith("| name |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))];

        Assert.Equal(ModelCatalog.All.Select(Row), rows);
    }

    private static string Row(ModelInfo model) => string.Create(
        CultureInfo.InvariantCulture,
        $"| `{model.Name}` | {model.Parameters:N0} | {model.HeadParameters:N0} | {model.MinimumImageSize} | {model.Description} |");

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
