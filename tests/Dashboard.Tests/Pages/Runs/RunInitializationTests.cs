using System.Text.Json;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Runs;
using Experiments.Dashboard.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Runs;

/// <summary>What the page shows about the initial weights of a run.</summary>
public sealed class RunInitializationTests : RunPageContext
{
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
}
