using System.Net;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;
using MassTransit;

namespace Experiments.Orchestrator.Tests.Api.Sweeps;

public sealed class AugmentationPreviewTests : IDisposable
{
    private const string Path = "/api/augmentations/preview";
    private const string Json = "application/json";

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Preview_AWorkerAnswers_GivesImagesAsBase64()
    {
        await using TestHost host = await StartAsync();

        JsonElement answer = await host.PostAsync<JsonElement>(Path, """{ "augmentation": ["rotation"], "dataset": "digits", "imageSize": 40 }""", Json);

        Assert.Equal([1, 2], answer.GetProperty("original")[0].GetBytesFromBase64());
        Assert.Equal("""[{"rotation":{"degrees":15}}] digits 40 42 8""", System.Text.Encoding.UTF8.GetString(answer.GetProperty("augmented")[0].GetBytesFromBase64()));
    }

    [Fact]
    public async Task Preview_AWorkerRefuses_SaysWhy()
    {
        await using TestHost host = await StartAsync();

        HttpResponseMessage response = await host.PostAsync(Path, "{ augmentation: flip, dataset: digits, seed: 13 }");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("bad luck", await TextOf(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_NoWorker_IsUnavailable()
    {
        await using TestHost host = await TestHost.StartAsync(_folder);

        HttpResponseMessage response = await host.PostAsync(Path, "{ augmentation: flip, dataset: digits }");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("no worker answered", await TextOf(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ augmentation: flipp, dataset: digits }", HttpStatusCode.BadRequest, "did you mean")]
    [InlineData("{ augmentation: [{ rotation: { degrees: 700 } }], dataset: digits }", HttpStatusCode.BadRequest, "augmentation[0].rotation.degrees")]
    [InlineData("{ dataset: digits }", HttpStatusCode.BadRequest, "missing")]
    [InlineData("{ augmentation: flip, dataset: { name: imagefolder, path: /nowhere } }", HttpStatusCode.UnprocessableEntity, "no such folder")]
    public async Task Preview_BadRequest_IsRefusedWithoutAWorker(string body, HttpStatusCode status, string problem)
    {
        await using TestHost host = await TestHost.StartAsync(_folder);

        HttpResponseMessage response = await host.PostAsync(Path, body);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(problem, await TextOf(response), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<string> TextOf(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private Task<TestHost> StartAsync() => TestHost.StartAsync(_folder, addConsumers: bus =>
        bus.AddConsumer<Worker>().Endpoint(endpoint => endpoint.Name = QueueNames.AugmentationPreviews));

    /// <summary>Echoes the request.</summary>
    private sealed class Worker : IConsumer<PreviewAugmentation>
    {
        public Task Consume(ConsumeContext<PreviewAugmentation> context)
        {
            PreviewAugmentation asked = context.Message;
            string text = $"{asked.Augmentation} {asked.Dataset.Name} {asked.ImageSize} {asked.Seed} {asked.Count}";
            return asked.Seed == 13
                ? context.RespondAsync(new PreviewRefused("bad luck"))
                : context.RespondAsync(new AugmentationPreview([[1, 2]], [System.Text.Encoding.UTF8.GetBytes(text)]));
        }
    }
}
