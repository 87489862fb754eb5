using System.Threading.Channels;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using MassTransit;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>A test double of the Orchestrator for a worker's messages.</summary>
internal sealed class OrchestratorDouble
{
    public const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private int _claims;

    public static TimeSpan TestTimeout { get; } = TimeSpan.FromMinutes(2);

    public Channel<object> Events { get; } = Channel.CreateUnbounded<object>();

    public Channel<RunLogWritten> Logs { get; } = Channel.CreateUnbounded<RunLogWritten>();

    public Channel<Heartbeat> Heartbeats { get; } = Channel.CreateUnbounded<Heartbeat>();

    public Channel<ClaimRun> Claims { get; } = Channel.CreateUnbounded<ClaimRun>();

    /// <summary>Null refuses a claim.</summary>
    public Func<ClaimRun, RunClaimed?> Grant { get; set; } = claim => Claimed(claim.RunId);

    public Func<Heartbeat, HeartbeatReply> Reply { get; set; } = _ => new HeartbeatReply(AttemptDirective.Continue, TakeRuns: true);

    public int ClaimCount => Volatile.Read(ref _claims);

    public static RunClaimed Claimed(string runId, int attempt = 1, int? resumeFrom = null) => new()
    {
        SweepId = "sweep",
        RunId = runId,
        Attempt = attempt,
        Hyperparameters = Hyperparameters.Default,
        Dataset = new DatasetSpec { Name = "digits" },
        Objective = ObjectiveSpec.Default,
        Epochs = new EpochRange(0, 3),
        ResumeFromAttempt = resumeFrom,
        LeaseSeconds = 15,
        TraceParent = $"00-{TraceId}-b7ad6b7169203331-01",
    };

    public Task<object> NextEventAsync() => NextAsync(Events.Reader);

    public Task<ClaimRun> NextClaimAsync() => NextAsync(Claims.Reader);

    public Task<Heartbeat> NextHeartbeatAsync() => NextAsync(Heartbeats.Reader);

    private static Task<T> NextAsync<T>(ChannelReader<T> reader)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        return reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TestTimeout, cancellationToken);
    }

    internal sealed class LeaseConsumer(OrchestratorDouble orchestrator) : IConsumer<ClaimRun>, IConsumer<Heartbeat>
    {
        public async Task Consume(ConsumeContext<ClaimRun> context)
        {
            Interlocked.Increment(ref orchestrator._claims);
            RunClaimed? granted = orchestrator.Grant(context.Message);
            await (granted is null ? context.RespondAsync(new ClaimRefused("nothing to do")) : context.RespondAsync(granted));
            orchestrator.Claims.Writer.TryWrite(context.Message);
        }

        public async Task Consume(ConsumeContext<Heartbeat> context)
        {
            await context.RespondAsync(orchestrator.Reply(context.Message));
            orchestrator.Heartbeats.Writer.TryWrite(context.Message);
        }
    }

    internal sealed class LogConsumer(OrchestratorDouble orchestrator) : IConsumer<RunLogWritten>
    {
        public async Task Consume(ConsumeContext<RunLogWritten> context) => await orchestrator.Logs.Writer.WriteAsync(context.Message);
    }

    internal sealed class EventConsumer(OrchestratorDouble orchestrator) : IConsumer<EpochFinished>, IConsumer<AttemptEnded>
    {
        public Task Consume(ConsumeContext<EpochFinished> context) => Add(context.Message);

        public Task Consume(ConsumeContext<AttemptEnded> context) => Add(context.Message);

        private Task Add(object @event)
        {
            orchestrator.Events.Writer.TryWrite(@event);
            return Task.CompletedTask;
        }
    }
}
