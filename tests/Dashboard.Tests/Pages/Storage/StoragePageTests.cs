using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Pages.Storage;

namespace Experiments.Dashboard.Tests.Pages.Storage;

public sealed class StoragePageTests : DashboardContext
{
    [Fact]
    public void Render_Storage_ListsSweepsAndOffersToDeleteThoseThatEnded()
    {
        Orchestrator.On("GET /api/storage", Storage());

        IRenderedComponent<StoragePage> page = Render<StoragePage>();

        page.WaitForAssertion(() => Assert.Equal(["large", "busy"], page.FindAll("tbody .row-link").Select(link => link.TextContent)));
        Assert.Equal("75", page.Find("[aria-label='Space used by large']").GetAttribute("aria-valuenow"));
        Assert.False(page.Find("button[aria-label='Delete large']").HasAttribute("disabled"));
        Assert.True(page.Find("button[aria-label='Delete busy']").HasAttribute("disabled"));
        Assert.Contains("2 KB free inside, reused first", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("still being removed", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_RemovalThatFails_SaysWhatAndWhy()
    {
        Orchestrator.On("GET /api/storage", Storage() with { Deleting = new PendingDeletion(2, 4096, "the disk is not mounted") });

        IRenderedComponent<StoragePage> page = Render<StoragePage>();

        page.WaitForAssertion(() => Assert.Contains("2 deleted runs are still being removed (4 KB of files)", page.Markup, StringComparison.Ordinal));
        Assert.Contains("the disk is not mounted", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Click_Compact_ShowsWhatIsLeftOfTheDatabases()
    {
        Orchestrator.On("GET /api/storage", Storage())
            .On("POST /api/storage/compact", Storage() with { Databases = [new("state", 4096, 0), new("metrics", 8192, 0)] });
        IRenderedComponent<StoragePage> page = Render<StoragePage>();
        page.WaitForElement("tbody tr");

        await page.InvokeAsync(() => page.FindAll("button").Single(button => button.TextContent.Contains("Compact the databases", StringComparison.Ordinal)).Click());

        page.WaitForAssertion(() => Assert.DoesNotContain("free inside, reused first", page.Markup, StringComparison.Ordinal));
        Assert.True(page.FindAll("button").Single(button => button.TextContent.Contains("Compact", StringComparison.Ordinal)).HasAttribute("disabled"));
    }

    private static StorageView Storage() => new()
    {
        Bytes = 100_000,
        FreeBytes = 1L << 40,
        Artifacts = new ArtifactStorage(80_000, 0, null, 1L << 30),
        Databases = [new("state", 4096, 0), new("metrics", 16_384, 2048)],
        Deleting = new PendingDeletion(0, 0, null),
        Sweeps =
        [
            new SweepStorage { Id = "s1", Name = "large", Status = SweepStatus.Completed, CreatedAt = Samples.Time, Runs = 3, Bytes = 3000, ArtifactBytes = 2500, MetricBytes = 500 },
            new SweepStorage { Id = "s2", Name = "busy", Status = SweepStatus.Running, CreatedAt = Samples.Time, Runs = 1, Bytes = 1000, ArtifactBytes = 1000, MetricBytes = 0 },
        ],
    };
}
