using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.ServiceDefaults.Tests.Messaging;

/// <summary>The behaviour of every bus.</summary>
public abstract class MessageBusConformance
{
    private static readonly TimeSpan TestTimeout = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    protected MessageBusConformance() => _limit.CancelAfter(TestTimeout);

    /// <summary>Null for in memory.</summary>
    protected abstract string? ConnectionString { get; }

    protected abstract string HealthCheckName { get; }

    protected CancellationToken Limit => _limit.Token;

    /// <summary>Unique to this test, since the broker is shared.</summary>
    protected string Queue { get; } = $"test-{Guid.NewGuid():N}";

    public static TheoryData<string, string> Samples =>
        [.. MessageSamples.All.Select(message => (message.GetType().AssemblyQualifiedName!, JsonSerializer.Serialize(message, ContractJson.Options)))];

    [Theory]
    [MemberData(nameof(Samples))]
    public Task Send_EveryMessage_ArrivesAsItWas(string type, string json) =>
        (Task)GetType().BaseType!.GetMethod(nameof(ArrivesAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
            .MakeGenericMethod(Type.GetType(type)!).Invoke(this, [json])!;

    [Fact]
    public void Samples_AllMessagesOfContracts_AreThere()
    {
        string[] parts =
        [
            nameof(EpochRange), nameof(RunInputs), nameof(SeenFiles), nameof(RunFailure), nameof(Artifact), nameof(Initialization), nameof(Normalization), nameof(RunLogLine),
            nameof(ClassSamples), nameof(DatasetSample), nameof(UnreadableImage),
        ];
        IEnumerable<Type> messages = typeof(RunTicket).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, Namespace: "Experiments.Contracts.Runs" or "Experiments.Contracts.Workers" })
            .Where(type => !parts.Contains(type.Name));

        Assert.Empty(messages.Except(MessageSamples.All.Select(message => message.GetType())));
    }

    [Fact]
    public async Task Request_Answered_GivesTheAnswer()
    {
        await using BusHost host = await BusHost.StartAndConnectAsync(ConnectionString, bus => bus.AddConsumer<Refuser>().Endpoint(e => e.Name = Queue), Limit);
        IRequestClient<ClaimRun> client = host.Bus.CreateRequestClient<ClaimRun>(MessageAddresses.Exchange(Queue), RequestTimeout.After(s: 30));

        Response<RunClaimed, ClaimRefused> answer = await client.GetResponse<RunClaimed, ClaimRefused>(new ClaimRun("worker-1", "run-7"), Limit);

        Assert.True(answer.Is(out Response<ClaimRefused>? refused));
        Assert.Equal("run-7", refused.Message.Reason);
    }

    [Fact]
    public async Task Health_BusIsUp_IsHealthyUnderItsName()
    {
        await using BusHost host = await BusHost.StartAndConnectAsync(ConnectionString, Record<StopAttempt>, Limit);
        await host.SendAsync(Queue, new StopAttempt("run-1", 1, AttemptDirective.Cancel), Limit);
        await host.ReceiveAsync<StopAttempt>(Limit);

        Assert.Equal(HealthStatus.Healthy, (await host.HealthAsync(HealthCheckName, Limit)).Status);
    }

    [Fact]
    public async Task IsDurable_TellsWhetherMessagesOutliveTheProcess()
    {
        await using BusHost host = await BusHost.StartAndConnectAsync(ConnectionString, Record<StopAttempt>, Limit);

        Assert.Equal(ConnectionString is not null, host.Services.GetRequiredService<IMessageBusInfo>().IsDurable);
    }

    private protected void Record<T>(IBusRegistrationConfigurator bus)
        where T : class
    {
        bus.AddConsumer<Recorder<T>>().Endpoint(endpoint => endpoint.Name = Queue);
        bus.AddConfigureEndpointsCallback((_, endpoint) => endpoint.UseDurableQuorumQueue());
    }

    private protected async Task ArrivesAsync<T>(string json)
        where T : class
    {
        await using BusHost host = await BusHost.StartAndConnectAsync(ConnectionString, Record<T>, Limit);

        await host.SendAsync(Queue, JsonSerializer.Deserialize<T>(json, ContractJson.Options)!, Limit);

        Assert.Equal(json, JsonSerializer.Serialize(await host.ReceiveAsync<T>(Limit), ContractJson.Options));
    }

    private sealed class Refuser : IConsumer<ClaimRun>
    {
        public Task Consume(ConsumeContext<ClaimRun> context) => context.RespondAsync(new ClaimRefused(context.Message.RunId));
    }
}
