using Experiments.Orchestrator.Runs.Attempts;
using Experiments.Orchestrator.Tests.Simulation;
using Experiments.Orchestrator.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Runs.Attempts;

public sealed class ReportMarksTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly List<ReportMark> _sent = [];
    private readonly ReportMarks _marks;

    public ReportMarksTests() => _marks = Create();

    [Fact]
    public async Task HavePassed_MarkStillInTheQueue_SaysNo()
    {
        long begin = _time.GetTimestamp();
        _time.Advance(Silence);
        await _marks.SendAsync(Patience.Token);

        Assert.False(_marks.HavePassed(begin, Silence));
        _marks.Pass(_sent.Single());
        Assert.True(_marks.HavePassed(begin, Silence));
    }

    [Fact]
    public async Task HavePassed_MarkFromBeforeTheSilence_SaysNo()
    {
        long begin = _time.GetTimestamp();
        _time.Advance(Silence / 2);
        await _marks.SendAsync(Patience.Token);
        _time.Advance(Silence);

        _marks.Pass(_sent.Single());

        Assert.False(_marks.HavePassed(begin, Silence));
    }

    [Fact]
    public async Task Pass_MarkOfAnEarlierProcessOrOfNobody_SaysNothing()
    {
        long begin = _time.GetTimestamp();
        _time.Advance(Silence);
        await Create().SendAsync(Patience.Token);
        await _marks.SendAsync(Patience.Token);

        _marks.Pass(_sent[0]);
        _marks.Pass(_sent[1] with { SentAt = long.MaxValue });
        _marks.Pass(new ReportMark(null!, 0));

        Assert.False(_marks.HavePassed(begin, Silence));
    }

    [Fact]
    public async Task Pass_OlderMarkLate_TakesNothingBack()
    {
        await _marks.SendAsync(Patience.Token);
        _time.Advance(Silence);
        long begin = _time.GetTimestamp();
        _time.Advance(Silence);
        await _marks.SendAsync(Patience.Token);

        _marks.Pass(_sent[1]);
        _marks.Pass(_sent[0]);

        Assert.True(_marks.HavePassed(begin, Silence));
    }

    [Fact]
    public async Task SendAsync_OneUnderWay_SendsAnotherOnlyWhenItMayBeLost()
    {
        await _marks.SendAsync(Patience.Token);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _marks.SendAsync(Patience.Token);
        Assert.Single(_sent);

        _time.Advance(TimeSpan.FromSeconds(3));
        await _marks.SendAsync(Patience.Token);
        Assert.Equal(2, _sent.Count);

        _marks.Pass(_sent[1]);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _marks.SendAsync(Patience.Token);
        Assert.Equal(3, _sent.Count);
    }

    private ReportMarks Create() => new(
        SimulatedBus.Create<IBus>(message =>
        {
            _sent.Add((ReportMark)message);
            return Task.CompletedTask;
        }),
        _time);
}
