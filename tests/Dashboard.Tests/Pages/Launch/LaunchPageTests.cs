using System.Net;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Dashboard.Components.Pages.Launch;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class LaunchPageTests : LaunchPageContext
{
    [Fact]
    public void Render_PreviewWithAWarning_ShowsItAtTheFieldAndInTheSummary()
    {
        Orchestrator.On("POST /api/sweeps/preview", new SweepPreview(3, 0, 1, 3) { Warnings = [new SweepWarning("base.freezeEpochs", "this freezeEpochs has no effect: all of 1 epoch is frozen", [1, 2, 3])] });
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#sweep-name").Input("x"));

        page.WaitForAssertion(() => Assert.Contains("all 3 combinations", page.Find(".doubts").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("no effect", page.Find(".field-doubt").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Click_Launch_SendsTheSweepAndGoesToIt()
    {
        Orchestrator.On("POST /api/sweeps", Samples.Sweep("s9"), HttpStatusCode.Created).On("POST /api/sweeps/preview", new SweepPreview(1, 0, 0, 1));
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Act(page, () => page.Find("#sweep-name").Input("mine"));

        Act(page, () => Launch(page).Click());

        page.WaitForAssertion(() => Assert.EndsWith("/sweeps/s9", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.Contains("\"name\":\"mine\"", Orchestrator.LastBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Click_LaunchRefused_ShowsTheErrorAtItsField()
    {
        Orchestrator.OnProblem("POST /api/sweeps", HttpStatusCode.UnprocessableEntity, "The sweep cannot run.", new() { ["dataset.path"] = ["no such folder: \"/x\""] })
            .On("POST /api/sweeps/preview", new SweepPreview(1, 0, 0, 1));
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Act(page, () => page.Find("#dataset-name").Change("imagefolder"));
        Act(page, () => page.Find("#dataset-path").Change("/x"));
        Act(page, () => page.Find("#sweep-name").Input("mine"));

        Act(page, () => Launch(page).Click());

        page.WaitForAssertion(() => Assert.Contains("no such folder", page.Find(".field-error").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("digits", null)]
    [InlineData("cifar10", "Folder (optional)")]
    [InlineData("imagefolder", "Folder")]
    public void Change_Dataset_AsksForAFolderWhereThereCanBeOne(string dataset, string? label)
    {
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#dataset-name").Change(dataset));

        page.WaitForAssertion(() => Assert.Equal(label, page.FindAll("label[for='dataset-path']").SingleOrDefault()?.TextContent.Trim()));
    }

    [Fact]
    public void Render_FromASweep_StartsFromItsSpecification()
    {
        Orchestrator.On("GET /api/sweeps/s1", Samples.Sweep());
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/new?from=s1");

        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        page.WaitForAssertion(() => Assert.Equal("4", Cells(page)));
        page.WaitForAssertion(() => Assert.Equal("digits-quickstart", page.Find("#sweep-name").GetAttribute("value")));
    }

    [Fact]
    public void Input_Yaml_ChangesTheFormAndNamesBadLines()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/new?tab=yaml");
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("textarea").Input("name: x\ndataset: digits\ngrid:\n  seed: [1, 2, 3]\n"));
        page.WaitForAssertion(() => Assert.Equal("3", Cells(page)));
        Act(page, () => page.Find("textarea").Input("name: x\ndataset: digits\ngrid:\n  seed: [1, 2, oops]\n"));

        page.WaitForAssertion(() => Assert.Contains("Line 4", page.Find(".problems").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.True(Launch(page).HasAttribute("disabled")));
    }

    [Fact]
    public void Input_ThatIsRefused_KeepsTheSweepFromBeingLaunchedUntilItIsFixed()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/new");
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Act(page, () => page.Find("#sweep-name").Input("x"));
        page.WaitForAssertion(() => Assert.False(Launch(page).HasAttribute("disabled")));

        Act(page, () => page.Find("#hp-epochs").Change("abc"));
        page.WaitForAssertion(() => Assert.True(Launch(page).HasAttribute("disabled")));
        Act(page, () => page.Find("#hp-epochs").Change("3"));
        page.WaitForAssertion(() => Assert.False(Launch(page).HasAttribute("disabled")));

        Act(page, () => page.Find("#dataset-limit").Change("1,5"));
        page.WaitForAssertion(() => Assert.Contains("not a whole number: \"1,5\"", page.Find(".problems").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.True(Launch(page).HasAttribute("disabled")));
        Act(page, () => page.Find("#dataset-limit").Change("15"));
        page.WaitForAssertion(() => Assert.False(Launch(page).HasAttribute("disabled")));
    }

    [Fact]
    public async Task ShowForm_YamlWithProblems_OffersToFixOrDiscardIt()
    {
        NavigationManager navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/sweeps/new?tab=yaml");
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();
        Act(page, () => page.Find("textarea").Input("name: x\ndataset: digits\ngrid:\n  seed: [1, 2, 3]\n"));
        page.WaitForAssertion(() => Assert.Equal("3", Cells(page)));
        Act(page, () => page.Find("textarea").Input("name: x\ndataset: digits\ngrid:\n  seed: [1, 2, 3]\n  modle: [resnet18]\n"));

        await page.InvokeAsync(() => page.FindAll("[role=tab]")[0].Click());
        page.WaitForAssertion(() => Assert.Contains("line 5", page.Find("#outdated-title + p").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#sweep-name")));
        page.WaitForAssertion(() => Assert.True(Launch(page).HasAttribute("disabled")));

        Act(page, () => page.FindAll(".launch-main button").Single(button => button.TextContent.Contains("Go to the YAML", StringComparison.Ordinal)).Click());
        page.WaitForAssertion(() => Assert.Contains("modle", page.Find("textarea").GetAttribute("value"), StringComparison.Ordinal));

        await page.InvokeAsync(() => page.FindAll("[role=tab]")[0].Click());
        Act(page, () => page.FindAll(".launch-main button").Single(button => button.TextContent.Contains("Discard", StringComparison.Ordinal)).Click());
        page.WaitForAssertion(() => Assert.Equal("x", page.Find("#sweep-name").GetAttribute("value")));
        page.WaitForAssertion(() => Assert.False(Launch(page).HasAttribute("disabled")));
    }

    [Theory]
    [InlineData("grid.learningRate[1]", "hp-learningRate")]
    [InlineData("base.epochs", "hp-epochs")]
    [InlineData("pretrained", "hp-pretrained")]
    [InlineData("dataset.path", "dataset-path")]
    [InlineData("exclude", "exclusions-title")]
    public async Task Preview_Refused_ShowsTheErrorAtItsPlaceAndSaysWhyItCannotBeLaunched(string path, string id)
    {
        Orchestrator.OnProblem("POST /api/sweeps/preview", HttpStatusCode.UnprocessableEntity, "The sweep cannot run.", new() { [path] = ["not good"] });
        Orchestrator.On("GET /api/sweeps/s1", Samples.Sweep(spec: Samples.Spec with { Dataset = new DatasetSpec { Name = "cifar10" } }));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/sweeps/new?from=s1");

        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        page.WaitForAssertion(() => Assert.Equal("not good", page.Find($".field:has(#{id}) .field-error, section:has(> div > #{id}) > .field-error").TextContent));
        Assert.Equal("Fix 1 field to launch.", page.Find("#launch-obstacle").TextContent);
        Assert.True(Launch(page).HasAttribute("disabled"));

        Orchestrator.On("POST /api/sweeps/preview", new SweepPreview(4, 0, 0, 4));
        Act(page, () => page.FindAll(".summary button").Single(button => button.TextContent == "Check again").Click());
        await AdvanceUntilAsync(() => Assert.False(Launch(page).HasAttribute("disabled")));
    }

    [Fact]
    public void Preview_WithAnEstimate_TellsTimeAndWhatIsLeftOut()
    {
        Orchestrator.On("POST /api/sweeps/preview", new SweepPreview(12, 0, 2, 12)
        {
            Excluded = 4,
            UnderWay = 3,
            Estimate = new SweepEstimate
            {
                Seconds = 840,
                TrainingSeconds = 1680,
                Workers = 2,
                UnknownRuns = 0,
                Bases = [new EstimateBasis("resnet18", EstimateMatch.Same, 10, 7, 2.5)],
            },
        });
        IRenderedComponent<LaunchPage> page = Render<LaunchPage>();

        Act(page, () => page.Find("#sweep-name").Input("x"));

        page.WaitForAssertion(() => Assert.Equal(("about 14 min", "4"), (page.Find("#estimate").TextContent, page.Find("#excluded-count").TextContent)));
        Assert.Equal("3", page.Find("#under-way-count").TextContent);
        Assert.Equal("On 2 workers, from 7 runs of the same kind.", page.Find(".estimate-note p").TextContent);
        Assert.Contains("2.5 s an epoch", page.Find(".estimate-note li").TextContent, StringComparison.Ordinal);
    }
}
