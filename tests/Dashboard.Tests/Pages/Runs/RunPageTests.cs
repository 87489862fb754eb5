using System.Text.Json;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Runs;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Runs;

public sealed class RunPageTests : RunPageContext
{
    [Fact]
    public void Render_FailedRun_SaysWhyAndOffersToRetry()
    {
        Show(Samples.Run(3, RunStatus.Failed) with { Failure = new RunFailure(FailureKind.Diverged, "The loss became NaN in epoch 2.") });

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.Contains("The training diverged", page.Find(".failure").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("The loss became NaN in epoch 2.", page.Find(".failure").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("Retry", page.Find(".actions").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_RunThatWaitsForAnEqualOne_LinksItAndSaysWhatBecomesOfIt()
    {
        Show(Samples.Run(3, RunStatus.Pending, accuracy: null, epoch: 0) with { WaitsFor = "r9" });

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal("runs/r9", page.Find(".run-waits a").GetAttribute("href")));
        page.WaitForAssertion(() => Assert.Contains("reuses the result", page.Find(".run-waits").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_QueuedRunWithoutAWorker_SaysWhatItWaitsFor()
    {
        Orchestrator.On("GET /api/sweeps/s1", Samples.Sweep() with { Waits = new SweepWait(WaitReason.NoWorker, "waits for a worker: none is connected. Start one") });
        Show(Samples.Run(3, RunStatus.Queued, accuracy: null, epoch: 0));

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.Contains("This run waits for a worker: none is connected", page.Find(".run-waits").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RunStatus.Paused, "Cancel")]
    [InlineData(RunStatus.Stopped, "Delete")]
    public void Render_RunThatTheStoppingRuleHolds_SaysWhyAndTrainsItToTheEnd(RunStatus status, string other)
    {
        RunView held = Samples.Run(3, status) with { Decision = new RunDecision(3, 0.41, 31, 40, "paused after epoch 3 at 0.41, rank 31 of 40, the best 13 continue") };
        Show(held);
        Orchestrator.On("POST /api/runs/r3/promote", held with { Status = RunStatus.Queued });
        IRenderedComponent<RunPage> page = Open();
        page.WaitForAssertion(() => Assert.Contains("paused after epoch 3 at 0.41, rank 31 of 40", page.Find(".run-decision").TextContent, StringComparison.Ordinal));
        Assert.Contains(other, page.Find(".actions").TextContent, StringComparison.Ordinal);

        // Its weights so far are not among its files: a link to them would lead nowhere.
        Assert.Empty(page.FindAll("#use"));

        page.FindAll(".actions button").Single(button => button.TextContent.Contains("Train to the end", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Contains("POST /api/runs/r3/promote", Orchestrator.Requests));
    }

    [Fact]
    public void Render_CompletedRun_LinksItsArtifactsThroughTheDashboard()
    {
        Show(Samples.Run(3) with { Artifacts = [new Artifact("best.safetensors", 1536, new string('b', 64))] });

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal("best.safetensors", page.Find("#files a[href='download/runs/r3/best.safetensors']").TextContent));
        page.WaitForAssertion(() => Assert.Contains("1.5 KB", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_OpenedFromATable_LeadsToTheRunsBeforeAndAfterInItsOrder()
    {
        const string List = "?status=completed&filter=seed%20%3E%201&sort=-validation%2Faccuracy";
        Show(Samples.Run(3));
        Orchestrator.On($"GET /api/runs/r3/neighbors{List}", new RunNeighbors(2, 3, new RunLink("r7", 7, null), new RunLink("r1", 1, "baseline")));
        Services.GetRequiredService<NavigationManager>().NavigateTo($"runs/r3{List}");

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal("2 of 3", page.Find(".neighbors-place").TextContent));
        Assert.Equal($"runs/r7{List}", page.Find("[data-key-previous]").GetAttribute("href"));
        Assert.Equal(($"runs/r1{List}", "#1 baseline (j)"), (page.Find("[data-key-next]").GetAttribute("href"), page.Find("[data-key-next]").GetAttribute("title")));
        Assert.Equal($"sweeps/s1{List}", page.FindAll(".crumbs a")[1].GetAttribute("href"));
        Assert.Equal($"runs/r3{List}#log", page.Find("a[data-section=log]").GetAttribute("href"));
    }

    [Fact]
    public void Render_ListThatThereIsNot_ShowsTheRunAllTheSame()
    {
        Show(Samples.Run(3));
        Orchestrator.OnProblem("GET /api/runs/r3/neighbors", System.Net.HttpStatusCode.BadRequest, "The request is not valid.");

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.NotNull(page.Find("#configuration")));
        Assert.Empty(page.FindAll(".neighbors"));
    }

    [Fact]
    public async Task Render_RunWithWeights_ShowsTheLinesThatUseThem()
    {
        Show(Samples.Run(3) with { Artifacts = [new Artifact(ArtifactNames.BestWeights, 100, new string('b', 64))], Config = new Dictionary<string, JsonElement> { ["model"] = JsonSerializer.SerializeToElement("resnet18"), ["smallInput"] = JsonSerializer.SerializeToElement(true), ["imageSize"] = JsonSerializer.SerializeToElement(32) } });

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.Contains("model.maxpool = nn.Identity()", page.Find(".use-code").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.FindAll(".use-tabs button")[1].Click());
        string file = page.Find("#use .card-note a").TextContent;
        Assert.EndsWith("-run-3-best.safetensors", file, StringComparison.Ordinal);
        Assert.Contains($"TrainedModel.Load(\"{file}\")", page.Find(".use-code").TextContent, StringComparison.Ordinal);
        Assert.Equal(page.FindAll("a[data-section]").Select(link => link.GetAttribute("data-section")), page.FindAll(".page-part").Select(part => part.Id).Where(id => id != "initialization"));
    }

    [Fact]
    public async Task Change_NotesAndTags_AreSaved()
    {
        Show(Samples.Run(3) with { Tags = ["odd"], Notes = "first" });
        Orchestrator.On("PATCH /api/runs/r3", Samples.Run(3));
        IRenderedComponent<RunPage> page = Open();

        await page.InvokeAsync(() => page.Find("textarea.notes").Change("second"));
        page.WaitForAssertion(() => Assert.Equal("""{"notes":"second"}""", Orchestrator.LastChange));
        await page.InvokeAsync(() => page.Find("button[aria-label='Remove the tag odd']").Click());
        page.WaitForAssertion(() => Assert.Equal("""{"tags":[]}""", Orchestrator.LastChange));
    }

    [Theory]
    [InlineData(RunStatus.Failed, "A run that failed leaves no files.")]
    [InlineData(RunStatus.Cancelled, "A run that was cancelled leaves no files.")]
    [InlineData(RunStatus.Running, "Files appear when the run has completed.")]
    public void Render_RunWithoutFiles_SaysWhy(RunStatus status, string expected)
    {
        Show(Samples.Run(3, status));

        Assert.Equal(expected, Open().Find("section[aria-labelledby='artifacts-title'] .table-empty").TextContent);
    }

    [Fact]
    public void Render_Configuration_ListsEveryHyperparameterOnce()
    {
        Show(Samples.Run(3));

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal(Samples.Run(3).Config.Count, page.FindAll("section[aria-labelledby='config-title'] tr").Count));
        page.WaitForAssertion(() => Assert.Equal(["Model", "Learning rate"], page.FindAll("table.pairs tr.is-axis th").Select(head => head.TextContent)));
    }

    [Fact]
    public async Task Change_LineOfItsLog_ReadsTheLogAndNothingElse()
    {
        Show(Samples.Run(3, RunStatus.Running));
        IRenderedComponent<RunPage> page = Open();
        page.WaitForAssertion(() => Assert.Contains(Orchestrator.Requests, request => request.StartsWith("GET /api/runs/r3/log", StringComparison.Ordinal)));
        Orchestrator.Requests.Clear();

        Services.GetRequiredService<ChangeListener>().Publish(new ChangeEvent(ChangeKind.Log, "r3", null));

        await AdvanceUntilAsync(() => Assert.NotEmpty(Orchestrator.Requests));
        Assert.All(Orchestrator.Requests, request => Assert.StartsWith("GET /api/runs/r3/log", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_InTheLog_IsInTheAddress()
    {
        Show(Samples.Run(3));
        IRenderedComponent<RunPage> page = Open();

        await page.InvokeAsync(() => page.Find("input.log-search").Change("loss"));

        Assert.EndsWith("?logsearch=loss", Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NoSuchRun_SaysSo()
    {
        Orchestrator.OnProblem("GET /api/runs/r3", System.Net.HttpStatusCode.NotFound, "There is no such run.");

        IRenderedComponent<RunPage> page = Render<RunPage>(parameters => parameters.Add(page => page.Id, "r3"));

        page.WaitForAssertion(() => Assert.Contains("There is no such run", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Model_ShowsWhatTheNetworkTakes()
    {
        Show(Samples.Run(3));
        Orchestrator.On("GET /api/runs/r3/model", Model);

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal(
            ["Layers: 2", "Parameters: 650 (2.54 KB)", "Of them in the head: 50", "Multiply-adds: 1.50 M per image", "Activations: 1 KB per image"],
            page.FindAll("section[aria-labelledby='model-title'] tr").Select(row => $"{row.Children[0].TextContent}: {row.Children[1].TextContent}")));
        Assert.Contains("resnet18 for 10 classes and images of 32×32", page.Find("section[aria-labelledby='model-title'] .card-note").TextContent, StringComparison.Ordinal);
        page.Find("section[aria-labelledby='model-title'] details").TriggerEvent("ontoggle", EventArgs.Empty);
        page.WaitForAssertion(() => Assert.Contains("conv1", page.Find("table.layers").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Render_ModelThatNoWorkerDescribes_CanBeRequestedAgain()
    {
        Show(Samples.Run(3));
        Orchestrator.OnProblem("GET /api/runs/r3/model", System.Net.HttpStatusCode.ServiceUnavailable, "no worker answered within 20 s");
        IRenderedComponent<RunPage> page = Open();
        page.WaitForAssertion(() => Assert.Contains("no worker answered", page.Find("section[aria-labelledby='model-title']").TextContent, StringComparison.Ordinal));

        Orchestrator.On("GET /api/runs/r3/model", Model);
        await page.InvokeAsync(() => page.Find("section[aria-labelledby='model-title'] button").Click());

        page.WaitForElement("section[aria-labelledby='model-title'] table");
    }
}
