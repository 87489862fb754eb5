using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Jobs;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>How the Orchestrator ends an attempt.</summary>
public sealed class AttemptDirectiveTests
{
    [Theory]
    [InlineData(AttemptDirective.HandBack, AttemptOutcome.HandedBack, 1)]
    [InlineData(AttemptDirective.Cancel, AttemptOutcome.Cancelled, 0)]
    public async Task Ticket_DirectiveToEndWhilePreparing_EndsAndLosesNoCheckpoint(AttemptDirective directive, AttemptOutcome outcome, int trainings)
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
        {
            w.Trainer.Preparation = interrupt => Task.Delay(Timeout.Infinite, interrupt);
            w.Trainer.Script = ScriptedTrainer.UntilTold;
        });

        await worker.SendTicketAsync("run-1");
        await worker.TrainingAsync();
        worker.Orchestrator.Reply = _ => new HeartbeatReply(directive, TakeRuns: true);

        Assert.Equal(outcome, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
        Assert.Equal(trainings, worker.Trainer.Jobs.Count);
    }

    [Theory]
    [InlineData(AttemptDirective.Cancel, AttemptOutcome.Cancelled)]
    [InlineData(AttemptDirective.HandBack, AttemptOutcome.HandedBack)]
    public async Task Heartbeat_AnsweredWithADirective_EndsTheAttempt(AttemptDirective directive, AttemptOutcome outcome)
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
        {
            w.Trainer.Script = ScriptedTrainer.UntilTold;
            w.Orchestrator.Reply = heartbeat => new HeartbeatReply(heartbeat.RunId is null ? AttemptDirective.Continue : directive, TakeRuns: true);
        });

        await worker.SendTicketAsync("run-1");

        Assert.Equal(outcome, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
    }

    [Fact]
    public async Task StopAttempt_Published_EndsTheAttemptItMeansAndNoOther()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(
            w => w.Trainer.Script = ScriptedTrainer.UntilTold, ("Worker:HeartbeatSeconds", "3600"));
        var bus = worker.Host.Services.GetRequiredService<IBus>();

        await worker.SendTicketAsync("run-1");
        await worker.TrainingAsync();
        await bus.Publish(new StopAttempt("run-1", 7, AttemptDirective.HandBack), TestContext.Current.CancellationToken);
        await bus.Publish(new StopAttempt("other", 1, AttemptDirective.HandBack), TestContext.Current.CancellationToken);
        await bus.Publish(new StopAttempt("run-1", 1, AttemptDirective.Cancel), TestContext.Current.CancellationToken);

        Assert.Equal(AttemptOutcome.Cancelled, Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).Outcome);
    }

    [Fact]
    public async Task Heartbeat_LeaseLost_StopsWithoutAWord()
    {
        int abandoned = 0;
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w =>
        {
            w.Trainer.Script = (job, listener, stop, cancel) => job.Folder.Contains("lost", StringComparison.Ordinal)
                ? ScriptedTrainer.UntilTold(job, listener, stop, cancel)
                : TrainingOutcome.Completed;
            w.Orchestrator.Reply = heartbeat =>
            {
                bool lost = heartbeat.RunId == "lost";
                abandoned += lost ? 1 : 0;
                return new HeartbeatReply(lost ? AttemptDirective.Abandon : AttemptDirective.Continue, TakeRuns: true);
            };
        });

        await worker.SendTicketAsync("lost");
        await worker.SendTicketAsync("next");

        Assert.Equal("next", Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync()).RunId);
        Assert.True(abandoned > 0);
    }
}
