using System.Net;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Sweeps.Launch;

/// <summary>Which unfinished sweep has the same content as a file that is launched with <c>?continue=true</c>.</summary>
public sealed class ContinueTests
{
    private const string Launched = "name: c\ndataset: digits\nbase: { epochs: 2, batchSize: 32, seed: 7 }\ngrid: { model: [small_cnn, resnet18], freezeEpochs: [0, 1] }\nexclude: [ { model: small_cnn, freezeEpochs: 1 } ]\n";

    [Theory]
    [InlineData("base: { epochs: 2, batchSize: 32, seed: 7 }", "base: { seed: 7, epochs: 2, batchSize: 32 }", true)]
    [InlineData("model: small_cnn, freezeEpochs: 1", "freezeEpochs: 1, model: small_cnn", true)]
    [InlineData("seed: 7", "seed: 8", false)]
    [InlineData("grid: { model: [small_cnn, resnet18], freezeEpochs: [0, 1] }", "grid: { freezeEpochs: [0, 1], model: [small_cnn, resnet18] }", false)]
    [InlineData("model: [small_cnn, resnet18]", "model: [resnet18, small_cnn]", false)]
    public async Task Launch_ThatMayContinue_ContinuesWhatSaysTheSame(string before, string after, bool continues)
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        SweepView launched = await host.PostAsync<SweepView>("/api/sweeps", Launched);

        HttpResponseMessage answer = await host.PostAsync("/api/sweeps?continue=true", Launched.Replace(before, after, StringComparison.Ordinal));

        Assert.Equal(continues ? HttpStatusCode.OK : HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(continues ? 1 : 2, (await host.GetAsync<Page<SweepView>>("/api/sweeps")).Total);
        Assert.Equal(launched.Spec.GetRawText(), (await host.GetAsync<SweepView>($"/api/sweeps/{launched.Id}")).Spec.GetRawText());
    }
}
