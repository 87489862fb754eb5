using System.Globalization;
using System.Runtime.CompilerServices;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Numbers;

namespace Experiments.Contracts.Tests.Catalog;

/// <summary>docs/augmentations.md agrees with the catalogs.</summary>
public sealed class AugmentationsPageTests
{
    [Fact]
    public void Page_ListsEveryAugmentationAndTransform()
    {
        string page = File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "docs", "augmentations.md"));

        Assert.All(AugmentationCatalog.All, named => Assert.Contains($"| `{named.Name}` | {named.Description} |", page, StringComparison.Ordinal));
        Assert.All(TransformCatalog.All, transform => Assert.Contains(Row(transform), page, StringComparison.Ordinal));
    }

    private static string Row(TransformInfo transform)
    {
        string parameters = string.Join("<br>", transform.Parameters.Select(Line));
        return $"| `{transform.Name}` | {transform.Description} | {parameters} |";
    }

    private static string Line(TransformParameter parameter)
    {
        NumberRange range = parameter.Range;
        string allowed = parameter.Whole
            ? string.Create(CultureInfo.InvariantCulture, $"a whole number from {range.Minimum} to {range.Maximum}")
            : range.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"`{parameter.Name}` = {parameter.Default:G4}, {allowed}: {parameter.Description}");
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
