using System.Net;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Dashboard.Components.Pages.Datasets;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Datasets;

public sealed class DatasetPagesTests : DashboardContext
{
    private static readonly DatasetContentsView Contents = new(
        "gpu-1", ["cat", "dog"], [new DatasetSplitView("training", 30, [20, 10])], 0.2, new DatasetSizes(24, 100, 300, 80, 80, 3, 0));

    public DatasetPagesTests() => Orchestrator.On("GET /api/datasets", DatasetCatalog.All);

    [Fact]
    public void List_DataSets_ShowsWhatTheyAre()
    {
        IRenderedComponent<DatasetsPage> page = Render<DatasetsPage>();

        page.WaitForAssertion(() => Assert.Equal(DatasetCatalog.All.Count, page.FindAll("tbody tr").Count));
        Assert.Contains("8×8, grayscale", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_Folder_ShowsBalanceAndSamples()
    {
        Orchestrator
            .On("GET /api/datasets/imagefolder?path=%2Fdata%2Fpets", new DatasetView(DatasetCatalog.Find("imagefolder")!, "/data/pets", Contents, null))
            .On("GET /api/datasets/imagefolder/samples", new[]
            {
                new ClassSamplesView(0, "cat", [new SampleView("/data/pets/cat/1.jpg", 300, 80, null), new SampleView("/data/pets/cat/2.jpg", 0, 0, "cut short")]),
                new ClassSamplesView(1, "dog", []),
            });

        IRenderedComponent<DatasetPage> page = Open("imagefolder", "?path=/data/pets");

        page.WaitForAssertion(() => Assert.Contains("download/datasets/imagefolder/0/0?path=%2Fdata%2Fpets", page.Find(".class-images img").GetAttribute("src"), StringComparison.Ordinal));
        Assert.Contains("cut short", page.Find(".broken").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Contains("100–300×80", page.Markup, StringComparison.Ordinal);
        Assert.Contains("2 times as many as the smallest", page.Markup, StringComparison.Ordinal);
        Assert.Contains("held out", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_WhatWasRecognised_IsShownAndWarningsFirst()
    {
        DatasetReading reading = new(
            [new RecognizedSplit("training", "Train")],
            [
                new DatasetNote(DatasetNoteKind.Splits, false, 1, "Split folders: \"Train\" for training"),
                new DatasetNote(DatasetNoteKind.Undecodable, true, 3, "3 .heic files are left out"),
            ]);
        DatasetContentsView numbered = Contents with { Classes = ["10", "9"], Reading = reading };
        Orchestrator
            .On("GET /api/datasets/imagefolder?path=%2Fdata%2Fpets", new DatasetView(DatasetCatalog.Find("imagefolder")!, "/data/pets", numbered, null))
            .On("GET /api/datasets/imagefolder/samples", Array.Empty<ClassSamplesView>());

        IRenderedComponent<DatasetPage> page = Open("imagefolder", "?path=/data/pets");

        page.WaitForAssertion(() => Assert.Equal("Split folders: \"Train\" for training", page.Find(".reading-notes li").TextContent));
        Assert.Contains("3 .heic files are left out", page.Find("section[aria-labelledby=reading-title] .mud-alert").TextContent, StringComparison.Ordinal);
        Assert.Equal(["9", "10"], page.FindAll(".class-facts b").Select(name => name.TextContent));
    }

    [Fact]
    public void Page_FolderInTheAddressOfADataSetWithoutOne_IsIgnored()
    {
        Orchestrator
            .OnProblem("GET /api/datasets/digits?path=", HttpStatusCode.UnprocessableEntity, "The data set cannot be read.", new() { ["dataset.path"] = ["digits has no folder"] })
            .On("GET /api/datasets/digits", new DatasetView(DatasetCatalog.Find("digits")!, null, Contents, null))
            .On("GET /api/datasets/digits/samples", Array.Empty<ClassSamplesView>());

        IRenderedComponent<DatasetPage> page = Open("digits", "?path=/nowhere&page=abc");

        page.WaitForAssertion(() => Assert.Contains("Class balance", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_FolderThatALaunchWouldRefuse_SaysSoAtTheField()
    {
        Orchestrator.OnProblem(
            "GET /api/datasets/imagefolder?", HttpStatusCode.UnprocessableEntity, "The data set cannot be read.", new() { ["dataset.path"] = ["no such folder: \"/nowhere\""] });

        IRenderedComponent<DatasetPage> page = Open("imagefolder", "?path=/nowhere");

        page.WaitForAssertion(() => Assert.Contains("no such folder", page.Find(".field-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("/nowhere", page.Find("#path").GetAttribute("value"));
    }

    [Fact]
    public async Task Inspect_TypedFolder_IsInTheAddress()
    {
        IRenderedComponent<DatasetPage> page = Open("imagefolder", "");
        await page.InvokeAsync(() => page.WaitForElement("#path").Input("/data/pets"));

        await page.InvokeAsync(() => page.Find("form").Submit());

        Assert.EndsWith("/datasets/imagefolder?path=%2Fdata%2Fpets", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_NotDownloadedYet_SaysSoAndShowsWhatIsKnown()
    {
        Orchestrator.On("GET /api/datasets/mnist", new DatasetView(DatasetCatalog.Find("mnist")!, null, null, "data set \"mnist\" is not on this worker yet"));

        IRenderedComponent<DatasetPage> page = Open("mnist", "");

        page.WaitForAssertion(() => Assert.Contains("Not downloaded yet", page.Markup, StringComparison.Ordinal));
        Assert.Contains("60,000 training, 10,000 test", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_NoWorker_ShowsWhatIsKnown()
    {
        Orchestrator.OnProblem("GET /api/datasets/digits", HttpStatusCode.ServiceUnavailable, "No worker can answer that now.");

        IRenderedComponent<DatasetPage> page = Open("digits", "");

        page.WaitForAssertion(() => Assert.Contains("No worker can answer that now.", page.Markup, StringComparison.Ordinal));
        Assert.Contains("1,797", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_Unknown_SaysSo()
    {
        IRenderedComponent<DatasetPage> page = Open("nonsense", "");

        page.WaitForAssertion(() => Assert.Contains("There is no such data set", page.Markup, StringComparison.Ordinal));
    }

    private IRenderedComponent<DatasetPage> Open(string name, string query)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/datasets/{name}{query}");
        return Render<DatasetPage>(parameters => parameters.Add(page => page.Name, name));
    }
}
