using Experiments.Contracts.Api;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Datasets;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Datasets;

/// <summary>A dataset block that does not suit its images is told, in preview and launch.</summary>
public sealed class DatasetDoubtsTests : IDisposable
{
    private readonly TempFolder _images = new();

    [Theory]
    [InlineData(2, "limit 2 leaves 2 training images for 3 classes: some have none, and cannot be learned | limit 2 leaves 1 validation image for 3 classes: some have none, and support 0")]
    [InlineData(10, "limit 10 draws 10 training images whatever their class, and may leave none of \"c\" (2 of 82) | limit 10 leaves 2 validation images for 3 classes: some have none, and support 0")]
    [InlineData(79, "limit 79 draws 15 validation images whatever their class, and may leave none of \"c\" (1 of 21)")]
    [InlineData(1000, "")]
    public async Task Preview_Limit_TellsWhichClassesMayBeEmpty(int limit, string expected)
    {
        Write(("a", 50), ("b", 50), ("c", 3));

        Assert.Equal(expected, await ToldAsync($"limit: {limit}", "dataset.limit"));
    }

    [Theory]
    [InlineData("digits", 9, "limit 9 leaves 9 training images for 10 classes: some have none, and cannot be learned | limit 9 leaves 1 validation image for 10 classes: some have none, and support 0")]
    [InlineData("cifar100", 499, "limit 499 leaves 99 validation or test images for 100 classes: some have none, and support 0")]
    [InlineData("cifar100", 500, "")]
    public void Find_LimitOfAPublishedSet_ComparesWithItsClasses(string name, int limit, string expected) =>
        Assert.Equal(expected, string.Join(" | ", DatasetDoubts.Find(new DatasetSpec { Name = name, Limit = limit }, read: null).Select(warning => warning.Message)));

    [Fact]
    public async Task Preview_FractionNextToAValidationSplit_HasNoEffect()
    {
        Write(("train/a", 3), ("train/b", 3), ("valid/a", 3), ("valid/b", 3));

        Assert.Equal("validationFraction 0.3 has no effect: the validation images are those in \"valid\"", await ToldAsync("validationFraction: 0.3", "dataset.validationFraction"));
        Assert.Equal("", await ToldAsync("skipCorrupt: true", "dataset.validationFraction"));
    }

    [Fact]
    public async Task Preview_FractionOfHeldBackImages_IsUsed()
    {
        Write(("a", 3), ("b", 3));

        Assert.Equal("", await ToldAsync("validationFraction: 0.3", "dataset.validationFraction"));
    }

    public void Dispose() => _images.Dispose();

    private void Write(params (string Folder, int Images)[] classes)
    {
        foreach ((string folder, int images) in classes)
        {
            Directory.CreateDirectory(Path.Combine(_images.Path, folder));
            for (int i = 0; i < images; i++)
            {
                File.WriteAllText(Path.Combine(_images.Path, folder, $"{i}.jpg"), "nothing here is decoded");
            }
        }
    }

    /// <summary>The messages at a path, of a preview and, the same, of a launch.</summary>
    private async Task<string> ToldAsync(string setting, string path)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        string yaml = $"name: w\ndataset: {{ name: imagefolder, path: {_images.Path}, {setting} }}\n";
        string told = Told((await host.PostAsync<SweepPreview>("/api/sweeps/preview", yaml)).Warnings);
        Assert.Equal(told, Told((await host.PostAsync<SweepView>("/api/sweeps", yaml)).Warnings!));
        return told;

        string Told(IReadOnlyList<SweepWarning> warnings) => string.Join(" | ", warnings.Where(warning => warning.Path == path).Select(warning => warning.Message));
    }
}
