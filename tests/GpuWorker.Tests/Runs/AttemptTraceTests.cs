using System.Collections.Concurrent;
using System.Diagnostics;
using Experiments.GpuWorker.Jobs;
using Experiments.ServiceDefaults;

namespace Experiments.GpuWorker.Tests.Runs;

public sealed class AttemptTraceTests
{
    private static readonly Dictionary<string, double> Metrics = new() { ["validation/accuracy"] = 0.5 };

    [Fact]
    public async Task Ticket_Granted_AttemptAndEpochsBelongToTheTraceOfTheRun()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ExperimentsTelemetry.GpuWorkerName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("experiments.run"), "traced"))
                {
                    spans.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w => w.Trainer.Script = (_, told, _, _) =>
        {
            told.OnEpochTrained(new EpochResult(1, 20, Metrics));
            told.OnEpochFinished(new EpochResult(1, 20, Metrics));
            return TrainingOutcome.Completed;
        });

        await worker.SendTicketAsync("traced");
        await worker.Orchestrator.NextEventAsync();
        await worker.Orchestrator.NextEventAsync();
        await worker.StopWorkerAsync();

        Activity attempt = Assert.Single(spans, span => span.OperationName == "attempt");
        Activity epoch = Assert.Single(spans, span => span.OperationName == "epoch");
        Assert.Equal(OrchestratorDouble.TraceId, attempt.TraceId.ToHexString());
        Assert.Equal((attempt.TraceId, attempt.SpanId), (epoch.TraceId, epoch.ParentSpanId));
    }
}
