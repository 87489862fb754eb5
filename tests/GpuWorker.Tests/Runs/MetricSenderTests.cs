using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Runs;
using Experiments.ServiceDefaults.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.GpuWorker.Tests.Runs;

public sealed class MetricSenderTests
{
    private static readonly RunClaimed Run1 = OrchestratorDouble.Claimed("run-1");
    private static readonly RunClaimed Run2 = OrchestratorDouble.Claimed("run-2");
    private readonly FakeTimeProvider _time = new();
    private readonly UnsteadyStream _stream = new();

    [Fact]
    public async Task Enqueue_PointsOfTwoRuns_ArriveInOrderAndApart()
    {
        using MetricSender sender = await StartAsync();
        sender.Enqueue(Run1, Point(1));
        sender.Enqueue(Run1, Point(2));
        sender.Enqueue(Run2, Point(1));
        await sender.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal([("run-1", 1L), ("run-1", 2L), ("run-2", 1L)], _stream.Points());
    }

    [Fact]
    public async Task Append_StreamAwayForAMinute_LosesNoPoint()
    {
        using MetricSender sender = await StartAsync();
        _stream.Away = true;
        for (int i = 1; i <= 60_000; i++)
        {
            sender.Enqueue(Run1, Point(i));
            if (i % 1_000 == 0)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        }

        _stream.Away = false;
        await StopAsync(sender);

        Assert.Equal(Enumerable.Range(1, 60_000).Select(i => (long)i), _stream.Points().Select(point => point.Sequence).Distinct());
    }

    [Fact]
    public async Task Enqueue_MoreThanFits_ReturnsAtOnce()
    {
        using MetricSender sender = await StartAsync();
        _stream.Away = true;
        for (int i = 1; i <= MetricSender.Capacity + 10_000; i++)
        {
            sender.Enqueue(Run1, Point(i));
        }

        _stream.Away = false;
        await StopAsync(sender);
        Assert.InRange(_stream.Points().Count, MetricSender.Capacity, MetricSender.Capacity + 10_000);
    }

    private async Task<MetricSender> StartAsync()
    {
        var sender = new MetricSender(_stream, _time, NullLogger<MetricSender>.Instance);
        await sender.StartAsync(TestContext.Current.CancellationToken);
        return sender;
    }

    /// <summary>Stops while the clock runs on, for whatever the sender waits for.</summary>
    private async Task StopAsync(MetricSender sender)
    {
        Task stopped = sender.StopAsync(TestContext.Current.CancellationToken);
        while (!stopped.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopped;
    }

    private static MetricPoint Point(long sequence) => new(sequence, "batch/loss", sequence, 0.5, DateTimeOffset.UnixEpoch);

    private sealed class UnsteadyStream : IMetricStream
    {
        private readonly List<MetricBatch> _batches = [];
        private volatile bool _away;

        public bool Away
        {
            set => _away = value;
        }

        public Task AppendAsync(IReadOnlyList<MetricBatch> batches, CancellationToken cancellationToken)
        {
            if (_away)
            {
                throw new MetricStreamUnavailableException("away");
            }

            lock (_batches)
            {
                _batches.AddRange(batches);
            }

            return Task.CompletedTask;
        }

        public List<(string RunId, long Sequence)> Points()
        {
            lock (_batches)
            {
                return [.. _batches.SelectMany(batch => batch.Points.Select(point => (batch.RunId, point.Sequence)))];
            }
        }

        public IAsyncEnumerable<IReadOnlyList<MetricStreamEntry>> ReadAsync(string? after, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task TrimAsync(string position, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
