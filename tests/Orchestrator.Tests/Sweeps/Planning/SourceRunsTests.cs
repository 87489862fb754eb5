using System.Net;
using System.Text.Json;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Sweeps.Planning;

/// <summary>A launch that names runs whose weights cannot be used is refused, rather than failing run after run.</summary>
public sealed class SourceRunsTests
{
    private static readonly Artifact Best = new("best.safetensors", 1, "abc");

    [Theory]
    [InlineData("resnet18", "resnet18")]
    [InlineData("vgg16", "vgg16_gap")]
    [InlineData("vgg16_gap", "vgg16_slim")]
    public async Task Launch_RunOfAModelThatFits_IsTaken(string trained, string model)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        string run = await TrainAsync(host, trained, AttemptOutcome.Completed, Best);

        HttpResponseMessage response = await LaunchAsync(host, model, $"pretrained: \"run:{run}\"");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Theory]
    [InlineData("resnet34", "resnet18", "resnet18")]
    [InlineData("vgg16_gap", "vgg16", "vgg16")]
    [InlineData("resnet18", "vgg16_gap", "vgg16_gap or vgg16_slim or vgg16")]
    public async Task Launch_RunOfAnotherModel_IsRefusedAndBothAreNamed(string trained, string model, string fitting)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        string run = await TrainAsync(host, trained, AttemptOutcome.Completed, Best);

        await AssertRefusedAsync(
            await LaunchAsync(host, model, $"pretrained: \"run:{run}\""),
            "pretrained",
            $"that is a run of {trained}, whose weights do not fit {model}; write model: {trained}, or name a run of {fitting}: \"run:{run}\"");
    }

    [Theory]
    [InlineData("pretrained")]
    [InlineData("teacher")]
    public async Task Launch_RunWithoutWeights_IsRefusedWithTheReason(string key)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        string empty = await TrainAsync(host, "resnet18", AttemptOutcome.Completed);
        string failed = await TrainAsync(host, "lenet5", AttemptOutcome.Failed);

        await AssertRefusedAsync(await LaunchAsync(host, "resnet18", $"{key}: \"run:{empty}\""), key, $"that run left no best.safetensors: \"run:{empty}\"");
        await AssertRefusedAsync(
            await LaunchAsync(host, "lenet5", $"{key}: \"run:{failed}\""), key, $"that run is failed, and only completed ones have their best weights: \"run:{failed}\"");
        await AssertRefusedAsync(await LaunchAsync(host, "lenet5", $"{key}: run:nothing"), key, "no run of that id: \"run:nothing\"");
    }

    private static async Task<string> TrainAsync(TestHost host, string model, AttemptOutcome outcome, params Artifact[] artifacts)
    {
        HttpResponseMessage launched = await LaunchAsync(host, model, "epochs: 1");
        Assert.Equal(HttpStatusCode.Created, launched.StatusCode);
        var worker = new ScriptedWorker(host);
        RunClaimed run = await worker.ClaimAsync();
        await worker.FinishEpochAsync(run, 1);
        await worker.EndAsync(run, outcome, outcome == AttemptOutcome.Failed ? FailureKind.Data : null, artifacts);
        RunStatus status = outcome == AttemptOutcome.Failed ? RunStatus.Failed : RunStatus.Completed;
        await host.UntilRunAsync(run.RunId, view => view.Status == status);
        return run.RunId;
    }

    private static Task<HttpResponseMessage> LaunchAsync(TestHost host, string model, string setting) =>
        host.PostAsync("/api/sweeps", $"name: x\ndataset: digits\nbase: {{ model: {model}, {setting} }}\n");

    private static async Task AssertRefusedAsync(HttpResponseMessage response, string path, string reason)
    {
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.UnprocessableEntity, text);
        using var problem = JsonDocument.Parse(text);
        Assert.StartsWith(reason, problem.RootElement.GetProperty("errors").GetProperty(path)[0].GetString(), StringComparison.Ordinal);
    }
}
