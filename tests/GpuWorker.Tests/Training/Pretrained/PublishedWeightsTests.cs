using System.Globalization;
using Experiments.Contracts.Catalog;
using Experiments.GpuWorker.Tests.Reference;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

public sealed class PublishedWeightsTests
{
    /// <summary>torchvision's network converts the normalization itself.</summary>
    private const string Converting = "googlenet";

    /// <summary>Renamed since 0.14, because their names there do not match their content; and timm's.</summary>
    private static bool IsElsewhere(PublishedWeights weights) =>
        weights.Model.StartsWith("efficientnet_", StringComparison.Ordinal) || weights.Model.StartsWith("deit_", StringComparison.Ordinal);

    [Fact]
    public void All_FilesAndNormalization_AreTorchvisions()
    {
        PublishedWeights[] known = [.. PublishedWeights.All.Where(weights => !IsElsewhere(weights))];

        string[] reference = PythonReference.Run("published_weights.py", known.Select(weights => weights.Model)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(reference.Where(line => !line.StartsWith(Converting, StringComparison.Ordinal)), known
            .Where(weights => weights.Model != Converting)
            .Select(weights => $"{weights.Model} {weights.File} {Text(weights.Mean)} {Text(weights.Deviation)}"));
        Assert.Contains(reference, line => line.StartsWith($"{Converting} {PublishedWeights.Find(Converting)!.File} ", StringComparison.Ordinal));
    }

    [Fact]
    public void All_Names_AreUniqueAndEndWithAHash()
    {
        Assert.Equal(PublishedWeights.All.Count, PublishedWeights.All.DistinctBy(weights => weights.Model).Count());
        Assert.Equal(PublishedWeights.All.Count, PublishedWeights.All.DistinctBy(weights => weights.File).Count());
        Assert.All(PublishedWeights.All, weights => Assert.Matches("^[0-9a-f]{8}$", weights.HashPrefix));
        Assert.All(PublishedWeights.All, weights => Assert.Equal(Uri.UriSchemeHttps, weights.Folder.Scheme));
    }

    private static string Text(IReadOnlyList<double> values) => string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
