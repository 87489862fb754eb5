using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Pages.Runs.Log;
using Experiments.Dashboard.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Runs.Log;

/// <summary>The log on the page of a run.</summary>
public sealed class LogCardTests : DashboardContext
{
    private static readonly LogState Everything = new(null, null, null);

    private static readonly AttemptView[] Attempts =
    [
        new()
        {
            Attempt = 1, WorkerId = "worker-1", Device = "cuda:0", FirstEpoch = 0, StartedAt = Samples.Time, EndedAt = Samples.Time, Outcome = AttemptOutcome.Lost,
            Failure = new RunFailure(FailureKind.Lost, "no heartbeat for 15 s"),
        },
        new() { Attempt = 2, WorkerId = "worker-2", Device = "cpu", FirstEpoch = 1, StartedAt = Samples.Time },
    ];

    private LogState? _chosen;

    [Fact]
    public void Render_LinesOfTwoAttempts_TellsThemApartWithWhatBecameOfThem()
    {
        Newest(Line(1, 7, "Epoch 1 of 5"), Line(2, 1, "It crashed", RunLogLevel.Error, "System.IO.IOException: disk full\n   at Save()"));

        IRenderedComponent<LogCard> card = Open(Samples.Run(3, RunStatus.Running));

        card.WaitForAssertion(() => Assert.Equal(2, card.FindAll(".log-line").Count));
        string[] heads = [.. card.FindAll(".log-attempt-head").Select(head => head.TextContent)];
        Assert.Contains("worker-1", heads[0], StringComparison.Ordinal);
        Assert.Contains("no heartbeat for 15 s", heads[0], StringComparison.Ordinal);
        Assert.Contains("worker-2", heads[1], StringComparison.Ordinal);
        Assert.Equal(["12:00:07", "12:00:01"], card.FindAll(".log-line time").Select(time => time.TextContent));
        Assert.Equal("Epoch 1 of 5", card.FindAll(".log-text")[0].TextContent.Trim());
        Assert.Equal("System.IO.IOException: disk full", card.Find(".log-line summary").TextContent);
        Assert.Equal("System.IO.IOException: disk full   at Save()", card.Find(".log-line details").TextContent);
        Assert.Contains("is-error", card.FindAll(".log-line")[1].ClassList);
        Assert.Equal("2 lines", card.Find(".runs-count").TextContent);
    }

    [Fact]
    public async Task Change_FollowingTheEnd_AddsTheNewLines()
    {
        Newest(Line(1, 1, "first"));
        IRenderedComponent<LogCard> card = Open(Samples.Run(3, RunStatus.Running));
        card.WaitForAssertion(() => Assert.Single(card.FindAll(".log-line")));
        Orchestrator.On("GET /api/runs/r3/log?after=1-1", Page([Line(1, 2, "second")], total: 2));

        Announce();

        await AdvanceUntilAsync(() => Assert.Equal(["first", "second"], card.FindAll(".log-text").Select(text => text.TextContent.Trim())));
        Assert.Equal("2 lines", card.Find(".runs-count").TextContent);
    }

    [Fact]
    public async Task Change_ReadingFurtherUp_MovesNothingAndOffersTheNewestLines()
    {
        Newest(Line(1, 1, "first"));
        IRenderedComponent<LogCard> card = Open(Samples.Run(3, RunStatus.Running));
        card.WaitForAssertion(() => Assert.Single(card.FindAll(".log-line")));
        Assert.Empty(card.FindAll(".log-to-end"));
        await card.InvokeAsync(() => card.Instance.OnFollow(false));
        Orchestrator.Requests.Clear();

        Announce();
        await AdvanceUntilAsync(() => card.Find(".log-to-end"));
        Assert.Empty(Orchestrator.Requests);

        Newest(Line(1, 1, "first"), Line(1, 2, "second"));
        await card.Find(".log-to-end").ClickAsync(new());
        card.WaitForAssertion(() => Assert.Equal(2, card.FindAll(".log-line").Count));
        Assert.Empty(card.FindAll(".log-to-end"));
    }

    [Fact]
    public async Task Scroll_ToTheStart_ReadsEarlierLines()
    {
        Orchestrator.On("GET /api/runs/r3/log?limit", Page([Line(1, 300, "last")], total: 300, before: "1-300"));
        IRenderedComponent<LogCard> card = Open(Samples.Run(3));
        card.WaitForAssertion(() => Assert.Single(card.FindAll(".log-line")));
        Orchestrator.On("GET /api/runs/r3/log?before=1-300", Page([Line(1, 299, "one before")], total: 300) with { IsEnd = false });

        await card.InvokeAsync(card.Instance.OnNearStart);
        await card.InvokeAsync(card.Instance.OnNearStart);

        Assert.Equal(["one before", "last"], card.FindAll(".log-text").Select(text => text.TextContent.Trim()));
        Assert.Single(Orchestrator.Requests, request => request.Contains("before=", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Narrowed_AsksForThatAndMarksWhatWasFound()
    {
        Orchestrator.On("GET /api/runs/r3/log?attempt=2&level=warning&search=loss&limit", Page([Line(2, 1, "The Loss is 0.5", RunLogLevel.Warning)], total: 1));

        IRenderedComponent<LogCard> card = Open(Samples.Run(3), new LogState("2", "warning", "loss"));

        card.WaitForAssertion(() => Assert.Equal("Loss", card.Find(".log-line mark").TextContent));
        Assert.Equal("loss", card.Find("input.log-search").GetAttribute("value"));
    }

    [Fact]
    public async Task Change_Level_IsReported()
    {
        Newest(Line(1, 1, "first"));
        IRenderedComponent<LogCard> card = Open(Samples.Run(3));

        await card.InvokeAsync(() => card.Find("select.log-level").Change("error"));

        Assert.Equal(Everything with { Level = "error" }, _chosen);
    }

    [Theory]
    [InlineData(RunStatus.Completed, null, "Nothing was logged.")]
    [InlineData(RunStatus.Running, null, "Nothing has been logged yet.")]
    [InlineData(RunStatus.Running, "loss", "No line matches.")]
    public void Render_NoLines_SaysWhy(RunStatus status, string? search, string expected)
    {
        Newest();

        IRenderedComponent<LogCard> card = Open(Samples.Run(3, status), Everything with { Search = search });

        card.WaitForAssertion(() => Assert.Equal(expected, card.Find(".table-empty").TextContent.Trim()));
    }

    [Fact]
    public void Render_CancelledBeforeAWorkerTookIt_PromisesNoLines()
    {
        Newest();

        IRenderedComponent<LogCard> card = Open(Samples.Run(3, RunStatus.Cancelled) with { Attempt = 0 });

        card.WaitForAssertion(() => Assert.Equal("This run was cancelled before a worker took it.", card.Find(".table-empty").TextContent.Trim()));
    }

    [Fact]
    public async Task Render_RefusedByTheOrchestrator_SaysWhyAndCanBeTriedAgain()
    {
        Orchestrator.OnProblem(
            "GET /api/runs/r3/log", System.Net.HttpStatusCode.BadRequest, "The request is not valid.", new() { ["level"] = ["unknown value: \"loud\"; allowed: information, warning, error"] });

        IRenderedComponent<LogCard> card = Open(Samples.Run(3), Everything with { Level = "loud" });

        card.WaitForAssertion(() => Assert.Contains("loud", card.Find(".table-empty").TextContent, StringComparison.Ordinal));
        Newest(Line(1, 1, "first"));
        await card.InvokeAsync(() => card.Find(".table-empty button").Click());
        card.WaitForAssertion(() => Assert.Single(card.FindAll(".log-line")));
    }

    private static RunLogEntry Line(int attempt, int sequence, string message, RunLogLevel level = RunLogLevel.Information, string? detail = null) =>
        new(attempt, sequence, Samples.Time.AddSeconds(sequence), level, message, detail);

    private static RunLogPage Page(RunLogEntry[] lines, int total, string? before = null) => new()
    {
        Lines = lines,
        Before = before,
        After = lines.Length == 0 ? null : $"{lines[^1].Attempt}-{lines[^1].Sequence}",
        IsEnd = true,
        Total = total,
    };

    private void Newest(params RunLogEntry[] lines) => Orchestrator.On("GET /api/runs/r3/log", Page(lines, lines.Length));

    private void Announce() => Services.GetRequiredService<ChangeListener>().Publish(new ChangeEvent(ChangeKind.Log, "r3", null));

    private IRenderedComponent<LogCard> Open(RunView run, LogState? state = null) => Render<LogCard>(parameters => parameters
        .Add(card => card.Run, run)
        .Add(card => card.Attempts, Attempts)
        .Add(card => card.State, state ?? Everything)
        .Add(card => card.StateChanged, next => _chosen = next));
}
