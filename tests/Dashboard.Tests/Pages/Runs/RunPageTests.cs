using System.Text.Json;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Runs;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Runs;

public sealed class RunPageTests : DashboardContext
{
    public RunPageTests() => Orchestrator
        .On("GET /api/sweeps/s1", Samples.Sweep())
        .On("GET /api/runs/r3/metrics", new Dictionary<string, IReadOnlyList<SeriesPoint>> { ["train/loss"] = [new(1, 0.5, Samples.Time)] })
        .On("GET /api/runs/r3/attempts", Array.Empty<AttemptView>());

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

    [Fact]
    public void Render_CompletedRun_LinksItsArtifactsThroughTheDashboard()
    {
        Show(Samples.Run(3) with { Artifacts = [new Artifact("best.safetensors", 1536, new string('b', 64))] });

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal("best.safetensors", page.Find("a[href='/download/runs/r3/best.safetensors']").TextContent));
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
        Show(Samples.Run(3) with { Config = new Dictionary<string, JsonElement> { ["model"] = JsonSerializer.SerializeToElement("resnet18"), ["smallInput"] = JsonSerializer.SerializeToElement(true), ["imageSize"] = JsonSerializer.SerializeToElement(32) } });

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.Contains("model.maxpool = nn.Identity()", page.Find(".use-code").TextContent, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.FindAll(".use-tabs button")[1].Click());
        Assert.Contains("TrainedModel.Load(\"best.safetensors\")", page.Find(".use-code").TextContent, StringComparison.Ordinal);
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

    [Fact]
    public void Render_RunWithPretrainedWeights_ShowsWhatBecameOfThem()
    {
        Show(Pretrained(RunStatus.Completed));
        Orchestrator.On("GET /api/runs/r3/initialization", Weights);

        IRenderedComponent<RunPage> page = Open();

        page.WaitForAssertion(() => Assert.Equal(
            [
                "From|imagenet", "File|resnet18-f37072fd.pth", "Loaded|120 tensors", "Replaced|fc.weight, fc.bias", "Skipped|aux.weight",
                "Normalized by|the weights: 0.485, 0.456, 0.406 / 0.229, 0.224, 0.225",
            ],
            page.FindAll("section[aria-labelledby='initialization-title'] tr")
                .Select(row => $"{row.QuerySelector("th")!.TextContent}|{row.QuerySelector("td")!.TextContent}")));
    }

    [Fact]
    public void Render_RunningRun_ShowsItsWeightsAsSoonAsItHasPoints()
    {
        Show(Pretrained(RunStatus.Running));
        Orchestrator.OnProblem("GET /api/runs/r3/initialization", System.Net.HttpStatusCode.NotFound, "not yet");
        IRenderedComponent<RunPage> page = Open();
        Assert.Empty(page.FindAll("#initialization-title"));

        Orchestrator.On("GET /api/runs/r3/initialization", Weights);
        Services.GetRequiredService<LiveMetrics>().Publish(new MetricBatch("s1", "r3", 1, [new MetricPoint(1, "batch/loss", 1, 2.3, Samples.Time)]));

        page.WaitForElement("#initialization-title");
    }

    [Fact]
    public void Render_RunWithoutPretrainedWeights_AsksForNoneAndHasNoSuchCard()
    {
        Show(Samples.Run(3));

        Assert.Empty(Open().FindAll("#initialization-title"));
        Assert.DoesNotContain(Orchestrator.Requests, request => request.Contains("initialization", StringComparison.Ordinal));
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

        Services.GetRequiredService<ChangeFeed>().Publish(new ChangeEvent(ChangeKind.Log, "r3", null));

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
    public async Task Render_ModelThatNoWorkerTellsOf_CanBeAskedForAgain()
    {
        Show(Samples.Run(3));
        Orchestrator.OnProblem("GET /api/runs/r3/model", System.Net.HttpStatusCode.ServiceUnavailable, "no worker answered within 20 s");
        IRenderedComponent<RunPage> page = Open();
        page.WaitForAssertion(() => Assert.Contains("no worker answered", page.Find("section[aria-labelledby='model-title']").TextContent, StringComparison.Ordinal));

        Orchestrator.On("GET /api/runs/r3/model", Model);
        await page.InvokeAsync(() => page.Find("section[aria-labelledby='model-title'] button").Click());

        page.WaitForElement("section[aria-labelledby='model-title'] table");
    }

    [Fact]
    public void Render_WeightsFoundInAContainer_SaysWhichAndWhatBecameOfTheHead()
    {
        Show(Pretrained(RunStatus.Completed));
        Orchestrator.On("GET /api/runs/r3/initialization", Weights with
        {
            Container = "state_dict",
            DroppedPrefix = "_orig_mod.",
            OtherReadings = ["\"state_dict_ema\""],
            Head = HeadFate.Reordered,
            HeadReason = "the same classes, in the file in the order \"b\", \"a\"",
            Replaced = [],
            Reordered = ["fc.weight", "fc.bias"],
        });

        IRenderedComponent<RunPage> page = Open();

        page.WaitForElement("#initialization-title");
        string[] rows = [.. page.FindAll("section[aria-labelledby='initialization-title'] tr").Select(row => $"{row.Children[0].TextContent}: {row.Children[1].TextContent}")];
        Assert.Contains("Key: state_dict", rows);
        Assert.Contains("Prefix dropped: _orig_mod.", rows);
        Assert.Contains("Not used: \"state_dict_ema\"", rows);
        Assert.Contains("Head: reordered by name: the same classes, in the file in the order \"b\", \"a\"", rows);
        Assert.Contains("Reordered: fc.weight, fc.bias", rows);
    }

    private static ModelSummary Model { get; } = new()
    {
        Name = "resnet18",
        Description = "",
        Classes = 10,
        ImageSize = 32,
        SmallInput = true,
        Layers = [new LayerView("conv1", "Conv2d", [64, 32, 32], 600, 1_400_000), new LayerView("fc", "Linear", [10], 50, 100_000)],
        Parameters = 650,
        HeadParameters = 50,
        MultiplyAdds = 1_500_000,
        ParameterBytes = 2600,
        ActivationBytes = 1024,
    };

    private static Initialization Weights { get; } = new()
    {
        Source = "imagenet",
        File = "resnet18-f37072fd.pth",
        Loaded = [.. Enumerable.Range(0, 120).Select(i => $"layer{i}.weight")],
        Adapted = [],
        Replaced = ["fc.weight", "fc.bias"],
        Kept = [],
        Skipped = ["aux.weight"],
        Normalization = new Normalization([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    };

    private static RunView Pretrained(RunStatus status)
    {
        RunView run = Samples.Run(3, status);
        return run with { Config = new Dictionary<string, JsonElement>(run.Config) { ["pretrained"] = JsonSerializer.SerializeToElement("imagenet") } };
    }

    private void Show(RunView run) => Orchestrator
        .On("GET /api/runs/r3", run)
        .On("GET /api/runs/r3/model", Model)
        .On("GET /api/runs/r3/log", new RunLogPage { Lines = [], IsEnd = true })
        .On("GET /api/runs/r3/metrics", new Dictionary<string, IReadOnlyList<SeriesPoint>>())
        .On("GET /api/runs/r3/attempts", Array.Empty<AttemptView>());

    private IRenderedComponent<RunPage> Open()
    {
        IRenderedComponent<RunPage> page = Render<RunPage>(parameters => parameters.Add(page => page.Id, "r3"));
        page.WaitForElement("table.pairs");
        return page;
    }
}
