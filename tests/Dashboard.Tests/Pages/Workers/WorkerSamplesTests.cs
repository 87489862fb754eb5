using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Dashboard.Components.Pages.Workers;

namespace Experiments.Dashboard.Tests.Pages.Workers;

public sealed class WorkerSamplesTests
{
    private readonly WorkerSamples _histories = new();

    [Fact]
    public void Add_Heartbeats_CarryOnWhatWasRead()
    {
        _histories.Set(new WorkerHistory("w1", Samples.Time, 10, [new WorkerSample(Samples.Time, 1, 2, 0.5, null, true)]));

        _histories.Add(Worker(5));
        _histories.Add(Worker(10));
        _histories.Add(Worker(20));

        Assert.Equal([0, 10, 20], _histories.SamplesOf("w1").Select(sample => (sample.Time - Samples.Time).TotalSeconds));
        Assert.Empty(_histories.Missing([Worker(30)]));
    }

    [Fact]
    public void Missing_NewWorkersAndThoseWithAGap_AreReadAgain()
    {
        Assert.Equal(["w1"], _histories.Missing([Worker(0)]));
        _histories.Set(new WorkerHistory("w1", Samples.Time, 10, [new WorkerSample(Samples.Time, 1, 2, 0.5, null, true)]));

        Assert.Equal(["w1"], _histories.Missing([Worker(600)]));
        Assert.Empty(_histories.Missing([Worker(600) with { State = WorkerState.Lost }]));
    }

    [Fact]
    public void Add_MoreThanAnHour_LetsGoOfTheOldest()
    {
        _histories.Set(new WorkerHistory("w1", Samples.Time, 10, []));
        for (int second = 0; second <= 7200; second += 10)
        {
            _histories.Add(Worker(second));
        }

        Assert.Equal(361, _histories.SamplesOf("w1").Count);
    }

    private static WorkerView Worker(int second) => new()
    {
        Id = "w1",
        Host = "h",
        Device = "cpu",
        State = WorkerState.Busy,
        MemoryUsed = 1,
        MemoryTotal = 2,
        Utilization = 0.5,
        LastSeen = Samples.Time.AddSeconds(second),
    };
}
