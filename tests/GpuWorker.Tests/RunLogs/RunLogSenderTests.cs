using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Tests.Runs;

namespace Experiments.GpuWorker.Tests.RunLogs;

/// <summary>Sending the lines of an attempt to the Orchestrator.</summary>
public sealed class RunLogSenderTests
{
    [Fact]
    public async Task Attempt_Fails_ItsLogIsThereBeforeItsEndWithWhatItFailedWith()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w => w.Trainer.Script = (_, _, _, _) => throw new InvalidOperationException("boom"));

        await worker.SendTicketAsync("run-1");

        Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
        List<RunLogWritten> logs = await LogsAsync(worker);
        Assert.All(logs, log => Assert.Equal(("sweep", "run-1", 1, "worker-1"), (log.SweepId, log.RunId, log.Attempt, log.WorkerId)));
        RunLogLine[] lines = [.. logs.SelectMany(log => log.Lines)];
        Assert.Equal(Enumerable.Range(1, lines.Length).Select(i => (long)i), lines.Select(line => line.Sequence));
        Assert.Contains("begins on worker-1", lines[0].Message, StringComparison.Ordinal);
        RunLogLine failure = Assert.Single(lines, line => line.Level == RunLogLevel.Error);
        Assert.Contains("boom", failure.Detail, StringComparison.Ordinal);
        Assert.Contains("ended: Failed", lines[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attempt_LogIsTurnedOff_SendsNone()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(w => w.Trainer.Script = (_, _, _, _) => TrainingOutcome.Completed, ("Worker:RunLog", "false"));

        await worker.SendTicketAsync("run-1");

        Assert.IsType<AttemptEnded>(await worker.Orchestrator.NextEventAsync());
        await worker.HeartbeatsAsync(2);
        Assert.Equal(0, worker.Orchestrator.Logs.Reader.Count);
    }

    /// <summary>Up to the line that reports the end.</summary>
    private static async Task<List<RunLogWritten>> LogsAsync(WorkerHarness worker)
    {
        var logs = new List<RunLogWritten>();
        do
        {
            logs.Add(await worker.Orchestrator.Logs.Reader.ReadAsync(TestContext.Current.CancellationToken));
        }
        while (!logs[^1].Lines[^1].Message.Contains("ended:", StringComparison.Ordinal));
        return logs;
    }
}
