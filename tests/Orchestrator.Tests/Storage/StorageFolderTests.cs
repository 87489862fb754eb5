using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Storage;

public sealed class StorageFolderTests
{
    [Fact]
    public async Task Start_FolderOfAnotherOrchestrator_IsRefused()
    {
        using var folder = new TempFolder();
        await using TestHost first = await TestHost.StartAsync(folder);

        IOException refused = await Assert.ThrowsAnyAsync<IOException>(() => TestHost.StartAsync(folder));

        Assert.Contains(folder.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("in use by another Orchestrator", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderThatCannotBe_IsRefused()
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string?> { ["Storage:Root"] = Path.Combine(file, "data"), ["Artifacts:Root"] = folder.Path };

        IOException refused = await Assert.ThrowsAnyAsync<IOException>(() => TestHost.StartAsync(folder, settings: settings));

        Assert.Contains("cannot be written", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BadLeaseSetting_IsRefused()
    {
        using var folder = new TempFolder();
        var settings = new Dictionary<string, string?> { ["Leases:Seconds"] = "0" };

        await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => TestHost.StartAsync(folder, settings: settings));
    }
}
