using Experiments.Contracts;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;

namespace Experiments.Orchestrator.Tests.Support;

/// <summary>Follows the protocol of a worker over the real bus, controlled by the test.</summary>
internal sealed class ScriptedWorker(TestHost host, string id = "worker-1")
{
    private static readonly Uri Leases = MessageAddresses.Exchange(QueueNames.Leases);
    private static readonly Uri RunEvents = MessageAddresses.Exchange(QueueNames.RunEvents);

    private IBus Bus => host.Get<IBus>();

    public string Id => id;

    /// <summary>What its heartbeats say from now on.</summary>
    public IReadOnlyList<string>? FasterInBFloat16 { get; set; }

    /// <summary>See <see cref="ClaimRun.Contract"/>.</summary>
    public int Contract { get; init; } = ClaimRun.TrainsRanges;

    /// <summary>Claims with the ticket of <paramref name="runId"/>; null when refused.</summary>
    public async Task<RunClaimed?> TryClaimAsync(string runId = "none")
    {
        Response<RunClaimed, ClaimRefused> response = await Bus
            .CreateRequestClient<ClaimRun>(Leases)
            .GetResponse<RunClaimed, ClaimRefused>(new ClaimRun(id, runId) { Contract = Contract }, TestTimeout.Token);
        return response.Is(out Response<RunClaimed>? claimed) ? claimed.Message : null;
    }

    /// <summary>Claims as soon as a run waits.</summary>
    public async Task<RunClaimed> ClaimAsync() => (await TestTimeout.UntilAsync(() => TryClaimAsync(), claimed => claimed is not null))!;

    public async Task<HeartbeatReply> BeatAsync(RunClaimed? run = null, bool leaving = false)
    {
        var heartbeat = new Heartbeat { WorkerId = id, Host = "host", Device = "cpu", RunId = run?.RunId, Attempt = run?.Attempt ?? 0, FasterInBFloat16 = FasterInBFloat16, Leaving = leaving };
        return (await Bus.CreateRequestClient<Heartbeat>(Leases).GetResponse<HeartbeatReply>(heartbeat, TestTimeout.Token)).Message;
    }

    public Task FinishEpochAsync(RunClaimed run, int epoch, double accuracy = 0.5) => SendAsync(Epoch(run, epoch, accuracy));

    public EpochFinished Epoch(RunClaimed run, int epoch, double accuracy) => new(
        run.SweepId, run.RunId, run.Attempt, id, epoch, epoch * 10L,
        new Dictionary<string, double> { [MetricNames.ValidationAccuracy] = accuracy, [MetricNames.ValidationLoss] = 1 - accuracy },
        host.Get<TimeProvider>().GetUtcNow());

    public Task EndAsync(RunClaimed run, AttemptOutcome outcome, FailureKind? failure = null, params Artifact[] artifacts) => SendAsync(new AttemptEnded
    {
        SweepId = run.SweepId,
        RunId = run.RunId,
        Attempt = run.Attempt,
        WorkerId = id,
        Outcome = outcome,
        Failure = failure is { } kind ? new RunFailure(kind, $"it was {kind}") : null,
        Artifacts = artifacts,
        Time = host.Get<TimeProvider>().GetUtcNow(),
    });

    /// <summary>Reports all epochs, then the end.</summary>
    public async Task CompleteAsync(RunClaimed run, double accuracy = 0.5)
    {
        for (int epoch = 1; epoch <= run.Epochs.Last; epoch++)
        {
            await FinishEpochAsync(run, epoch, accuracy);
        }

        await EndAsync(run, AttemptOutcome.Completed);
    }

    public async Task SendAsync<T>(T message)
        where T : class => await (await Bus.GetSendEndpoint(RunEvents)).Send(message, TestTimeout.Token);
}
