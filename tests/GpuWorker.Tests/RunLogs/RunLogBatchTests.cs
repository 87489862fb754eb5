using System.Threading.Channels;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.RunLogs;
using Experiments.GpuWorker.Tests.Runs;

namespace Experiments.GpuWorker.Tests.RunLogs;

/// <summary>Which lines are sent together.</summary>
public sealed class RunLogBatchTests
{
    private readonly Channel<RunLogItem> _items = Channel.CreateUnbounded<RunLogItem>();
    private readonly AttemptLog _first = new(OrchestratorDouble.Claimed("run-1"));
    private readonly AttemptLog _second = new(OrchestratorDouble.Claimed("run-2"));

    [Fact]
    public void TakeAll_LinesOfTwoAttempts_AreApartAndInOrder()
    {
        Add(_first, 1, 2);
        Add(_second, 1);
        Add(_first, 3);

        Assert.Equal(
            ["run-1: 1 2", "run-2: 1", "run-1: 3"],
            Take().Select(batch => $"{batch.Message!.RunId}: {string.Join(' ', batch.Message.Lines.Select(line => line.Sequence))}"));
    }

    [Fact]
    public void TakeAll_ManyLines_AreSeveralMessages()
    {
        Add(_first, [.. Enumerable.Range(1, RunLogLimits.MostLinesTogether + 1)]);

        Assert.Equal([RunLogLimits.MostLinesTogether, 1], Take().Select(batch => batch.Message!.Lines.Count));
    }

    [Fact]
    public void TakeAll_PendingWait_CompletesAfterTheLinesBefore()
    {
        var sent = new TaskCompletionSource();
        Add(_first, 1);
        _items.Writer.TryWrite(new RunLogItem(_first, null, sent));
        Add(_first, 2);

        List<RunLogBatch> batches = Take();

        Assert.Equal([(1L, true), (2L, false)], batches.Select(batch => (batch.Message!.Lines.Single().Sequence, batch.Sent == sent)));
    }

    [Fact]
    public void TakeAll_WaitOnAnEmptyQueue_CompletesImmediately()
    {
        var sent = new TaskCompletionSource();
        _items.Writer.TryWrite(new RunLogItem(_first, null, sent));

        RunLogBatch batch = Assert.Single(Take());

        Assert.Equal((null, sent), (batch.Message, batch.Sent));
    }

    private List<RunLogBatch> Take() => [.. RunLogBatch.TakeAll(_items.Reader, "worker-1")];

    private void Add(AttemptLog attempt, params int[] sequences)
    {
        foreach (int sequence in sequences)
        {
            _items.Writer.TryWrite(new RunLogItem(attempt, new RunLogLine(sequence, DateTimeOffset.UnixEpoch, RunLogLevel.Information, "line", null), null));
        }
    }
}
