using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Workers;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Workers;

public sealed class WorkerHistoriesTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly WorkerHistories _histories;

    public WorkerHistoriesTests() => _histories = new WorkerHistories(_time);

    [Fact]
    public void Of_BeatsOfTheSameSeconds_AreOneSample()
    {
        Beat(memory: 100, load: 0.25, temperature: 60);
        _time.Advance(TimeSpan.FromSeconds(5));
        Beat(memory: 80, load: 0.75, runId: "r1");
        _time.Advance(TimeSpan.FromSeconds(5));
        Beat(memory: 10, load: 0);

        WorkerHistory history = _histories.Of("w");

        Assert.Equal(2, history.Samples.Count);
        WorkerSample first = history.Samples[0];
        Assert.Equal((100L, 0.5, 60, true), (first.MemoryUsed, first.Utilization, first.Temperature, first.Busy));
        Assert.Equal(history.Since.AddSeconds(history.StepSeconds), history.Samples[1].Time);
    }

    [Fact]
    public void Of_MoreThanAnHour_KeepsTheLastHour()
    {
        for (int beat = 0; beat < 1000; beat++)
        {
            Beat(memory: beat);
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        IReadOnlyList<WorkerSample> samples = _histories.Of("w").Samples;

        Assert.InRange(samples.Count, 350, 360);
        Assert.Equal(999, samples[^1].MemoryUsed);
        Assert.All(samples, sample => Assert.True(_time.GetUtcNow() - sample.Time <= TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Of_WorkerThatFellSilent_LeavesItsSecondsOut()
    {
        Beat(memory: 1);
        _time.Advance(TimeSpan.FromMinutes(30));
        Beat(memory: 2);

        IReadOnlyList<WorkerSample> samples = _histories.Of("w").Samples;
        Assert.Equal(TimeSpan.FromMinutes(30), samples[1].Time - samples[0].Time);

        _time.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal([2L], _histories.Of("w").Samples.Select(sample => sample.MemoryUsed));
    }

    [Fact]
    public void Of_ClockSetBack_StaysInOrder()
    {
        Beat(memory: 1);
        var earlier = new FakeTimeProvider(_time.GetUtcNow().AddMinutes(-10));
        var ring = new SampleRing(3, TimeSpan.FromSeconds(10));
        ring.Add(Heartbeat(1), _time.GetUtcNow());
        ring.Add(Heartbeat(2), earlier.GetUtcNow());

        Assert.Equal(2, Assert.Single(ring.Since(DateTimeOffset.MinValue)).MemoryUsed);
    }

    [Fact]
    public void Of_Unknown_HasNoSamples() => Assert.Empty(_histories.Of("nobody").Samples);

    private void Beat(long memory, double load = 0.5, int? temperature = null, string? runId = null) =>
        _histories.Add(Heartbeat(memory) with { Utilization = load, Temperature = temperature, RunId = runId });

    private static Heartbeat Heartbeat(long memory) => new() { WorkerId = "w", Host = "h", Device = "cpu", MemoryUsed = memory, MemoryTotal = 1000 };
}
