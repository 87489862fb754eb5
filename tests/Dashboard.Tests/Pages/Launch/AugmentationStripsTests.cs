using System.Net;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class AugmentationStripsTests : DashboardContext
{
    private const string Call = "POST /api/augmentations/preview";

    private readonly SweepDraft _draft = new();

    [Fact]
    public void Render_NothingChosen_SendsNoRequest()
    {
        IRenderedComponent<AugmentationStrips> strips = RenderStrips("none");

        Assert.Equal("", strips.Markup.Trim());
        Assert.Empty(Orchestrator.Requests);
    }

    [Fact]
    public void Render_AChosenList_ShowsOriginalsAndAugmentedSamples()
    {
        Orchestrator.On(Call, new AugmentationPreview([[1], [2]], [[3], [4]]));

        IRenderedComponent<AugmentationStrips> strips = RenderStrips(Samples.Augmentation);

        strips.WaitForAssertion(() => Assert.Equal(["original", "randomCrop · horizontalFlip"], strips.FindAll("figcaption").Select(caption => caption.TextContent)));
        Assert.Equal(["AQ==", "Ag==", "Aw==", "BA=="], strips.FindAll("img").Select(image => image.GetAttribute("src")!.Split("base64,")[1]));
        Assert.Equal(
            """{"dataset":"digits","seed":5,"augmentation":[{"randomCrop":{"padding":4}},{"horizontalFlip":{"probability":0.5}}]}""", Orchestrator.LastBody);
    }

    [Fact]
    public void Render_NoWorker_SaysSo()
    {
        Orchestrator.OnProblem(Call, HttpStatusCode.ServiceUnavailable, "That cannot be answered now.", new() { ["$"] = ["no worker answered"] });

        IRenderedComponent<AugmentationStrips> strips = RenderStrips("standard");

        strips.WaitForAssertion(() => Assert.Equal("Augmented samples cannot be shown: no worker answered", strips.Find("[role=status]").TextContent));
    }

    [Fact]
    public void Render_FolderMissing_SendsNoRequest()
    {
        _draft.Dataset = new DatasetSpec { Name = "imagefolder" };

        RenderStrips("standard");

        Assert.Empty(Orchestrator.Requests);
    }

    [Fact]
    public void Change_ListInTheForm_AddsAChipThatCanBeRemoved()
    {
        Orchestrator.On("POST /api/sweeps/preview", new SweepPreview(1, 0, 0, 1)).On(Call, new AugmentationPreview([[1]], [[2]]));
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#hp-augmentation-list").Change("[ { randomCrop: { padding: 4 } }, horizontalFlip ]"));

        page.WaitForAssertion(() => Assert.NotNull(page.Find("button[aria-label='Remove randomCrop · horizontalFlip from Augmentation']")));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".strip").Count));

        Act(page, () => page.Find("button[aria-label='Remove randomCrop · horizontalFlip from Augmentation']").Click());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#hp-augmentation .chip-x")));
    }

    [Fact]
    public void Change_BadListInTheForm_SaysWhatIsWrong()
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#hp-augmentation-list").Change("[ { randomCrop: { padding: -4 } } ]"));

        page.WaitForAssertion(() => Assert.Contains(
            page.FindAll(".field-error"), error => error.TextContent.StartsWith("[0].randomCrop.padding: out of range: -4", StringComparison.Ordinal)));
    }

    private IRenderedComponent<AugmentationStrips> RenderStrips(string augmentation)
    {
        _draft.Add(Samples.Parameter("augmentation"), augmentation);
        _draft.Add(Samples.Parameter("seed"), 5L);
        return Render<AugmentationStrips>(parameters => parameters.Add(strips => strips.Draft, _draft));
    }
}
