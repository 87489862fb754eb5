using System.Net;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Dashboard.Components.Pages.Datasets;

namespace Experiments.Dashboard.Tests.Pages.Datasets;

public sealed class DatasetCheckCardTests : DashboardContext
{
    private const string Address = "/api/datasets/imagefolder/check?path=%2Fdata%2Fpets";

    private static readonly DatasetCheckView Half = new(DatasetCheckStatus.Running, Samples.Time, null, "gpu-1", 100, 50, 0, [], null);

    [Fact]
    public async Task Start_FollowsTheCheckToItsEnd()
    {
        Orchestrator.OnProblem($"GET {Address}", HttpStatusCode.NotFound, "There is no check.").On($"POST {Address}", Half);
        IRenderedComponent<DatasetCheckCard> card = Open();
        card.WaitForAssertion(() => Assert.Contains("Check all 100 images", card.Markup, StringComparison.Ordinal));

        Orchestrator.On($"GET {Address}", Half with { Status = DatasetCheckStatus.Completed, FinishedAt = Samples.Time, Checked = 100, UnreadableCount = 25, Unreadable = Named(25) });
        Task clicked = card.Find("button").ClickAsync(new());

        card.WaitForAssertion(() => Assert.Equal("50 of 100", card.Find(".meter-text").TextContent));
        await AdvanceUntilAsync(() => Assert.Contains("25 of 100 images cannot be read", card.Markup, StringComparison.Ordinal));
        await clicked;
        Assert.Equal(20, card.FindAll(".unreadable tbody tr").Count);
        await card.InvokeAsync(() => card.Find(".link-button").Click());
        Assert.Equal(25, card.FindAll(".unreadable tbody tr").Count);
        Assert.Contains("/data/pets/24.jpg", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DuringAnotherPagesCheck_FollowsAndCancelsIt()
    {
        Orchestrator.On($"GET {Address}", Half).On($"DELETE {Address}", Half with { Status = DatasetCheckStatus.Cancelled, FinishedAt = Samples.Time });
        IRenderedComponent<DatasetCheckCard> card = Open();
        card.WaitForAssertion(() => Assert.Equal("Cancel", card.Find("button").TextContent));

        await card.Find("button").ClickAsync(new());

        card.WaitForAssertion(() => Assert.Contains("Cancelled after 50 of 100 images", card.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_Checked_ShowsTheResult()
    {
        Orchestrator.On($"GET {Address}", Half with { Status = DatasetCheckStatus.Completed, FinishedAt = Samples.Time, Checked = 100 });

        IRenderedComponent<DatasetCheckCard> card = Open();

        card.WaitForAssertion(() => Assert.Contains("All 100 images can be read", card.Markup, StringComparison.Ordinal));
    }

    private static UnreadableImage[] Named(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new UnreadableImage("training", $"/data/pets/{i}.jpg", "the file is empty"))];

    private IRenderedComponent<DatasetCheckCard> Open() => Render<DatasetCheckCard>(parameters => parameters
        .Add(card => card.Dataset, "imagefolder").Add(card => card.Path, "/data/pets").Add(card => card.Images, 100));
}
