using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Messages;

namespace Experiments.Orchestrator.Tests.Messages;

public sealed class RunLogCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RunLogLine Good = new(1, Now.AddSeconds(-1), RunLogLevel.Warning, "message", "detail");

    [Fact]
    public void Tidy_GoodLines_AreAsTheyWere() => Assert.Equal([Good, Good with { Sequence = 2 }], Tidy(Good, Good with { Sequence = 2 }));

    public static TheoryData<RunLogLine> Impossible =>
    [
        Good with { Sequence = 0 },
        Good with { Sequence = RunLogLimits.LastSequence + 1 },
        Good with { Sequence = long.MinValue },
        Good with { Level = (RunLogLevel)7 },
        Good with { Message = null! },
    ];

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Tidy_LineThatCannotBe_IsLeftOut(RunLogLine line) => Assert.Equal([Good], Tidy(line, null!, Good));

    [Fact]
    public void Tidy_OverlongAndUnreadableTexts_AreCutAndReplaced()
    {
        RunLogLine line = Assert.Single(Tidy(Good with { Message = new string('x', 300_000), Detail = "\ud800 \u0000" }));

        Assert.Equal((RunLogLimits.LongestMessage, "\uFFFD \uFFFD"), (line.Message.Length, line.Detail));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9999)]
    public void Tidy_ImplausibleTime_IsNow(int year) =>
        Assert.Equal(Now, Assert.Single(Tidy(Good with { Time = new DateTimeOffset(year, 12, 31, 0, 0, 0, TimeSpan.Zero) })).Time);

    public static TheoryData<RunLogWritten> Unreadable =>
    [
        new RunLogWritten("s", null!, 1, "w", [Good]),
        new RunLogWritten("s", "r", 1, "", [Good]),
        new RunLogWritten("s", "r", 1, "w", null!),
        new RunLogWritten("s", "r", 1, "w", [.. Enumerable.Repeat(Good, 100_000)]),
    ];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Tidy_NoSuchMessage_IsRefused(RunLogWritten written) => Assert.Throws<BadMessageException>(() => RunLogCheck.Tidy(written, Now));

    private static IReadOnlyList<RunLogLine> Tidy(params RunLogLine[] lines) => RunLogCheck.Tidy(new RunLogWritten("s", "r", 1, "w", lines), Now);
}
