using Experiments.Orchestrator.Runs.Attempts;
using Experiments.Orchestrator.Tests.Simulation;
using Experiments.Orchestrator.Tests.Support;
using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Runs.Attempts;

public sealed class ReportMarksTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly List<ReportMark> _sent = [];
    private readonly ReportMarks _marks;
    private Task _confirmed = Task.CompletedTask;

    public ReportMarksTests() => _marks = Create();

    [Fact]
    public void HavePassed_MarkStillInTheQueue_SaysNo()
    {
        long begin = _time.GetTimestamp();
        _time.Advance(Silence + Moment);
        _marks.Send(Patience.Token);

        Assert.False(_marks.HavePassed(begin, Silence));
        _marks.Pass(_sent.Single());
        Assert.True(_marks.HavePassed(begin, Silence));
    }

    [Fact]
    public void HavePassed_MarkFromBeforeTheSilence_SaysNo()
    {
        long begin = _time.GetTimestamp();
        _time.Advance(Silence);
        _marks.Send(Patience.Token);
        _time.Advance(Silence);

        _marks.Pass(_sent.Single());

        Assert.False(_marks.HavePassed(begin, Silence));
    }

    [Fact]
    public void Pass_MarkOfAnEarlierProcessOrOfNobody_SaysNothing()
    {
        long begin = _time.GetTimestamp();
        _time.Advance(Silence + Moment);
        Create().Send(Patience.Token);
        _marks.Send(Patience.Token);

        _marks.Pass(_sent[0]);
        _marks.Pass(_sent[1] with { SentAt = long.MaxValue });
        _marks.Pass(new ReportMark(null!, 0));

        Assert.False(_marks.HavePassed(begin, Silence));
    }

    [Fact]
    public void Pass_OlderMarkLate_TakesNothingBack()
    {
        _marks.Send(Patience.Token);
        _time.Advance(Silence);
        long begin = _time.GetTimestamp();
        _time.Advance(Silence + Moment);
        _marks.Send(Patience.Token);

        _marks.Pass(_sent[1]);
        _marks.Pass(_sent[0]);

        Assert.True(_marks.HavePassed(begin, Silence));
    }

    [Fact]
    public void Send_OneUnderWay_SendsAnotherOnlyWhenItMayBeLost()
    {
        _marks.Send(Patience.Token);
        _time.Advance(TimeSpan.FromSeconds(1));
        _marks.Send(Patience.Token);
        Assert.Single(_sent);

        _time.Advance(TimeSpan.FromSeconds(3));
        _marks.Send(Patience.Token);
        Assert.Equal(2, _sent.Count);

        _marks.Pass(_sent[1]);
        _time.Advance(Moment);
        _marks.Send(Patience.Token);
        Assert.Equal(3, _sent.Count);
    }

    /// <summary>As when a queue has no leader.</summary>
    [Fact]
    public void Send_BrokerThatDoesNotConfirm_LetsNoMarksPileUp()
    {
        _confirmed = new TaskCompletionSource().Task;
        for (int second = 0; second < 40; second++)
        {
            _marks.Send(Patience.Token);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, _sent.Count);
    }

    /// <summary>As when the broker goes away at that moment.</summary>
    [Fact]
    public void Send_Fails_IsTriedAgain()
    {
        _confirmed = Task.FromException(new InvalidOperationException("no connection"));
        _marks.Send(Patience.Token);
        _time.Advance(TimeSpan.FromSeconds(4));
        _marks.Send(Patience.Token);

        Assert.Equal(2, _sent.Count);
    }

    private ReportMarks Create() => new(
        SimulatedBus.Create<IBus>(message =>
        {
            _sent.Add((ReportMark)message);
            return _confirmed;
        }),
        _time,
        NullLogger<ReportMarks>.Instance);
}
