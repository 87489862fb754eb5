using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Tests.Runs;
using Experiments.ServiceDefaults.Messaging;
using Experiments.TestServers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.GpuWorker.Tests.Fuzz;

/// <summary>A worker survives any content of its queues, and handles the next valid message. Over a real broker.</summary>
public sealed class WorkerMessageFuzzTests : IAsyncLifetime
{
    private const int Messages = 150;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private PrivateRabbitMq _server = null!;
    private RawBroker _broker = null!;
    private WorkerHarness _worker = null!;

    public async ValueTask InitializeAsync()
    {
        _limit.CancelAfter(Limit);
        _server = await PrivateRabbitMq.StartAsync();
        _worker = await WorkerHarness.StartAsync(null, ("ConnectionStrings:rabbitmq", _server.ConnectionString), ("Logging:LogLevel:Default", "None"));
        _broker = await RawBroker.ConnectAsync(_server.ConnectionString, _limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _worker.DisposeAsync();
        await _server.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task Tickets_HostileMessages_AreKeptAsideAndTheNextGoodOneIsTaken()
    {
        await StormAsync(QueueNames.RunTickets, seed: 31, new RunTicket("sweep", "hostile", 3, new EpochRange(0, 2)));
        await _worker.SendTicketAsync("good");

        while (await _worker.Orchestrator.NextEventAsync() is not AttemptEnded { RunId: "good", Outcome: AttemptOutcome.Completed })
        {
        }

        Assert.InRange(await _broker.CountAsync($"{QueueNames.RunTickets}_error", _limit.Token), Messages / 5u, (uint)Messages);
    }

    [Fact]
    public async Task StopNotices_HostileMessages_StopNothingAndTheGoodOneDoes()
    {
        _worker.Trainer.Script = ScriptedTrainer.UntilTold;
        await _worker.SendTicketAsync("running");
        await _worker.TrainingAsync();
        const string Notices = "Experiments.Contracts.Runs:StopAttempt";

        await StormAsync(Notices, seed: 32, new StopAttempt("other", 1, AttemptDirective.Cancel));
        await _worker.HeartbeatsAsync(2);
        Assert.Equal(0, _worker.Orchestrator.Events.Reader.Count);
        await _worker.Host.Services.GetRequiredService<IBus>().Publish(new StopAttempt("running", 1, AttemptDirective.Cancel), _limit.Token);

        Assert.Equal(AttemptOutcome.Cancelled, Assert.IsType<AttemptEnded>(await _worker.Orchestrator.NextEventAsync()).Outcome);
    }

    [Fact]
    public async Task Requests_HostileMessages_TakeNeitherTheWorkerNorItsMemory()
    {
        await StormAsync(QueueNames.ModelRequests, seed: 33, new DescribeModel("lenet5", 10, 28, SmallInput: false));
        await StormAsync(QueueNames.ModelRequests, seed: 34, new PredictImage("run", 1, [1, 2, 3]));
        await StormAsync(QueueNames.AugmentationPreviews, seed: 35, new PreviewAugmentation { Augmentation = "standard", Dataset = new DatasetSpec { Name = "digits" }, ImageSize = 16, Count = 2 });
        await StormAsync(QueueNames.DatasetRequests, seed: 36, new SampleDataset(new DatasetSpec { Name = "digits" }, FirstClass: 3, Classes: 2, PerClass: 2));

        ModelSummary model = await AskAsync<DescribeModel, ModelSummary>(QueueNames.ModelRequests, new DescribeModel("lenet5", 10, 28, SmallInput: false));
        AugmentationPreview preview = await AskAsync<PreviewAugmentation, AugmentationPreview>(
            QueueNames.AugmentationPreviews, new PreviewAugmentation { Augmentation = "standard", Dataset = new DatasetSpec { Name = "digits" }, ImageSize = 16, Count = 2 });
        DatasetSamples samples = await AskAsync<SampleDataset, DatasetSamples>(
            QueueNames.DatasetRequests, new SampleDataset(new DatasetSpec { Name = "digits" }, FirstClass: 3, Classes: 2, PerClass: 2));

        Assert.True(model.Parameters > 10_000);
        Assert.Equal(2, samples.Classes.Count);
        Assert.Equal(2, preview.Augmented.Count);
    }

    private async Task<TAnswer> AskAsync<TRequest, TAnswer>(string queue, TRequest request)
        where TRequest : class
        where TAnswer : class
    {
        IRequestClient<TRequest> client = _worker.Host.Services.GetRequiredService<IBus>().CreateRequestClient<TRequest>(MessageAddresses.Exchange(queue), Limit);
        return (await client.GetResponse<TAnswer>(request, _limit.Token)).Message;
    }

    private async Task StormAsync(string queue, int seed, object good)
    {
        JsonObject envelope = MessageMutation.Envelope(good.GetType().FullName!, JsonSerializer.SerializeToNode(good, good.GetType(), ContractJson.Options)!);
        foreach (FuzzCase fuzz in FuzzCase.Of(seed, Messages))
        {
            string? type = fuzz.Random.Next(20) switch { 0 => null, 1 => "text/plain", 2 => "nonsense", _ => RawBroker.BusContentType };
            await _broker.SendAsync(queue, MessageMutation.Of(envelope, fuzz.Random), type, _limit.Token);
        }
    }
}
