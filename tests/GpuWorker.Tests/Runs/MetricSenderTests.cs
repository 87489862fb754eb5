using System.Diagnostics.Metrics;
using System.Globalization;
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
    public async Task Enqueue_MoreThanFits_ReturnsImmediately()
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

    [Fact]
    public async Task Enqueue_MoreThanFits_CountsWhatIsDroppedForItsAttemptAndInAll()
    {
        long measured = 0;
        using var listener = Listen(points => Interlocked.Add(ref measured, points));
        using MetricSender sender = await StartAsync();
        _stream.Away = true;
        for (int i = 1; i <= MetricSender.Capacity + 10_000; i++)
        {
            sender.Enqueue(i % 2 == 0 ? Run1 : Run2, Point(i));
        }

        _stream.Away = false;
        await StopAsync(sender);

        long dropped = sender.TakeDropped(Run1) + sender.TakeDropped(Run2);
        Assert.Equal(MetricSender.Capacity + 10_000, dropped + _stream.Points().Count);
        Assert.InRange(dropped, 2, 10_000);
        Assert.InRange(Interlocked.Read(ref measured), dropped, long.MaxValue);
        Assert.Equal(0, sender.TakeDropped(Run1));
    }

    /// <summary>Logged immediately, then at intervals, with the total count.</summary>
    [Fact]
    public void Dropped_Often_IsLoggedAtARate()
    {
        var log = new RecordingLog();
        var dropped = new DroppedPoints(_time, log.CreateLogger("test"));
        for (int second = 0; second < 65; second++)
        {
            for (int i = 0; i < 100; i++)
            {
                dropped.Add(Run1, 1, MetricSender.NoRoom);
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([1, 3000, 3000], log.Warnings.Select(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)));
        Assert.Equal(6500, dropped.Take(Run1));
    }

    /// <summary>Points that the stream always rejects do not block later ones.</summary>
    [Fact]
    public async Task Append_PointsThatAreRefused_AreDroppedAndTheNextArrive()
    {
        using MetricSender sender = await StartAsync();
        _stream.Refused = "run-1";
        sender.Enqueue(Run1, Point(1));
        while (sender.TakeDropped(Run1) == 0)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        sender.Enqueue(Run2, Point(2));
        await StopAsync(sender);

        Assert.Equal([("run-2", 2L)], _stream.Points());
    }

    [Fact]
    public async Task Stop_StreamStillAway_CountsWhatIsLost()
    {
        using MetricSender sender = await StartAsync();
        _stream.Away = true;
        sender.Enqueue(Run1, Point(1));
        sender.Enqueue(Run1, Point(2));
        using var limit = new CancellationTokenSource();
        Task stopped = sender.StopAsync(limit.Token);
        await limit.CancelAsync();
        await stopped;

        Assert.Equal(2, sender.TakeDropped(Run1));
    }

    private static MeterListener Listen(Action<long> count)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "experiments.points.dropped")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, points, _, _) => count(points));
        listener.Start();
        return listener;
    }

    private async Task<MetricSender> StartAsync()
    {
        var sender = new MetricSender(_stream, _time, NullLogger<MetricSender>.Instance);
        await sender.StartAsync(TestContext.Current.CancellationToken);
        return sender;
    }

    /// <summary>Stops while the clock advances, so that delays of the sender end.</summary>
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

        /// <summary>A run whose points are always rejected.</summary>
        public string? Refused { get; set; }

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

            if (batches.Any(batch => batch.RunId == Refused))
            {
                throw new FormatException("cannot be written");
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
