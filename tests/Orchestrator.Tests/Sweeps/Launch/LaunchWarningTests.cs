using Experiments.Contracts.Api;
using Experiments.Contracts.Grids;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Sweeps.Launch;

/// <summary>Warnings of previews, launches and extensions about settings that are allowed but probably unintended.</summary>
public sealed class LaunchWarningTests
{
    [Fact]
    public async Task Launch_ExclusionAndGoalThatAreProbablyWrong_WarnsInPreviewAndLaunch()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        const string Yaml = "name: w\ndataset: digits\nobjective: { metric: validation/loss, goal: maximize }\ngrid: { seed: [1, 2] }\nexclude: [ { seed: 3 } ]\n";

        SweepPreview preview = await host.PostAsync<SweepPreview>("/api/sweeps/preview", Yaml);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", Yaml);

        Assert.Equal([("objective.goal", "1 2"), ("exclude[0]", "")], Told(preview.Warnings));
        Assert.Equal(Told(preview.Warnings), Told(sweep.Warnings!));
    }

    [Fact]
    public async Task Extend_ByValuesWithoutEffect_NamesTheRunsThatTheyAreOneWith()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", "name: w\ndataset: digits\nbase: { epochs: 2 }\ngrid: { seed: [1, 2], freezeEpochs: [0, 2] }\n");
        await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "grid: { seed: [3] }");
        const string Idle = "grid: { freezeEpochs: [5] }";

        SweepPreview preview = await host.PostAsync<SweepPreview>($"/api/sweeps/{sweep.Id}/extend/preview", Idle);
        SweepView extended = await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", Idle);
        SweepView again = await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", Idle);

        Assert.Equal((0, 6), (preview.Runs, extended.RunCounts.Total));
        Assert.Equal([("grid.freezeEpochs", "2 4 6")], Told(preview.Warnings));
        Assert.Contains("5 is more than epochs", preview.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Equal(Told(preview.Warnings), Told(extended.Warnings!));
        Assert.Empty(again.Warnings!);
    }

    [Fact]
    public async Task Extend_ByAnAxisWithoutEffectAndNewCells_NamesOldAndNewCells()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", "name: w\ndataset: digits\nbase: { epochs: 2 }\ngrid: { seed: [1, 2] }\n");

        SweepView extended = await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "grid: { momentum: [0.5], seed: [3] }");

        Assert.Equal([("grid.momentum", "1 2 3")], Told(extended.Warnings!));
    }

    [Fact]
    public async Task Launch_FolderWithProbableMistakes_WarnsInPreviewAndLaunch()
    {
        using var folder = new TempFolder();
        using var images = new TempFolder();
        foreach (string file in (string[])["train/cat/1.jpg", "train/cat/2.jpg", "train/dog/1.jpg", "train/dog/2.heic", "test/cat/1.jpg"])
        {
            string path = Path.Combine(images.Path, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, file, TestContext.Current.CancellationToken);
        }

        File.CreateSymbolicLink(Path.Combine(images.Path, "train", "dog", "again.jpg"), "1.jpg");
        await using TestHost host = await TestHost.StartAsync(folder);
        string yaml = $"name: w\ndataset: {{ name: imagefolder, path: {images.Path} }}\n";

        SweepPreview preview = await host.PostAsync<SweepPreview>("/api/sweeps/preview", yaml);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", yaml);

        Assert.All(preview.Warnings, warning => Assert.Equal(("dataset.path", 0), (warning.Path, warning.CellCount)));
        Assert.Equal(3, preview.Warnings.Count);
        Assert.StartsWith("1 training image is the same file as another: train/dog/again.jpg is train/dog/1.jpg", preview.Warnings[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("1 .heic file is left out", preview.Warnings[1].Message, StringComparison.Ordinal);
        Assert.StartsWith("\"test\" has no image of class \"dog\"", preview.Warnings[2].Message, StringComparison.Ordinal);
        Assert.Equal(preview.Warnings.Select(warning => warning.Message), sweep.Warnings!.Select(warning => warning.Message));
    }

    [Fact]
    public async Task Launch_ClassesWithTheSamePatients_WarnsInPreviewAndLaunch()
    {
        using var folder = new TempFolder();
        using var images = new TempFolder();
        foreach (string below in from name in (string[])["benign", "malignant"] from patient in Enumerable.Range(1, 5) select $"{name}/patient{patient}")
        {
            Directory.CreateDirectory(Path.Combine(images.Path, below));
            await File.WriteAllTextAsync(Path.Combine(images.Path, below, "scan.png"), "nothing here is decoded", TestContext.Current.CancellationToken);
        }

        await using TestHost host = await TestHost.StartAsync(folder);
        string yaml = $"name: w\ndataset: {{ name: imagefolder, path: {images.Path} }}\n";

        SweepPreview preview = await host.PostAsync<SweepPreview>("/api/sweeps/preview", yaml);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", yaml);

        SweepWarning told = Assert.Single(preview.Warnings);
        Assert.Equal("dataset.path", told.Path);
        Assert.Equal(
            "\"benign\" and \"malignant\" both contain \"patient1\", \"patient2\", \"patient3\", \"patient4\" and 1 more: if these are splits or copies of one data set, the model learns to tell them apart: name them \"train\" and \"val\", or give the path of one",
            told.Message);
        Assert.Equal(told.Message, Assert.Single(sweep.Warnings!).Message);
    }

    private static IEnumerable<(string Path, string Cells)> Told(IReadOnlyList<SweepWarning> warnings) =>
        warnings.Select(warning => (warning.Path, string.Join(' ', warning.Cells)));
}
