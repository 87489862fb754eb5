using System.Net;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Tests.Support;
using MassTransit;

namespace Experiments.Orchestrator.Tests.Models;

public sealed class RunModelTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly ModelAnswers _answers = new() { Answer = question => Summary((DescribeModel)question) };
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(_folder, addConsumers: AddConsumers);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Get_RunOnABuiltInDataset_IsItsNetwork()
    {
        string run = await LaunchAsync(new { name = "digits" }, new { model = "resnet18", imageSize = 32, smallInput = true });

        ModelSummary summary = await _host.GetAsync<ModelSummary>($"/api/runs/{run}/model");

        Assert.Equal(("resnet18", 42), (summary.Name, summary.Parameters));
        Assert.Equal(new DescribeModel("resnet18", 10, 32, true), Assert.Single(_answers.Questions));
    }

    [Fact]
    public async Task Get_RunOnAFolder_HasItsClasses()
    {
        foreach (string name in (string[])["a", "b", "c"])
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, "images", name));
            await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "images", name, "1.jpg"), [1], TestContext.Current.CancellationToken);
        }

        string run = await LaunchAsync(new { name = "imagefolder", path = Path.Combine(_folder.Path, "images") }, new { model = "small_cnn", imageSize = 32 });

        await _host.GetAsync<ModelSummary>($"/api/runs/{run}/model");

        Assert.Equal(new DescribeModel("small_cnn", 3, 32, false), Assert.Single(_answers.Questions));
    }

    [Fact]
    public async Task Get_NoSuchRun_IsNotFound() => Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync("/api/runs/nonsense/model")).StatusCode);

    private static ModelSummary Summary(DescribeModel shape) => new()
    {
        Name = shape.Model,
        Description = "",
        Classes = shape.Classes,
        ImageSize = shape.ImageSize,
        SmallInput = shape.SmallInput,
        Layers = [],
        Parameters = 42,
        HeadParameters = 2,
        MultiplyAdds = 1,
        ParameterBytes = 168,
        ActivationBytes = 4,
    };

    private void AddConsumers(IBusRegistrationConfigurator bus)
    {
        _answers.AddTo(bus);
        bus.AddConsumer<Datasets>().Endpoint(endpoint => endpoint.Name = QueueNames.DatasetRequests);
    }

    private async Task<string> LaunchAsync(object dataset, object settings)
    {
        SweepView sweep = await _host.PostAsync<SweepView>("/api/sweeps", JsonSerializer.Serialize(new { name = "one", dataset, @base = settings }));
        return (await _host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs")).Items[0].Id;
    }

    internal sealed class Datasets : IConsumer<DescribeDataset>
    {
        public Task Consume(ConsumeContext<DescribeDataset> context) => context.RespondAsync(
            new DatasetContentsView("here", ["a", "b", "c"], [new DatasetSplitView("training", 3, [1, 1, 1])], 0.2, null));
    }
}
