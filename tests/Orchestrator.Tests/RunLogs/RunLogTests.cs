using System.Net;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;

namespace Experiments.Orchestrator.Tests.RunLogs;

/// <summary>Storing and reading the log lines of attempts.</summary>
public sealed class RunLogTests(LoggedRun logged) : IClassFixture<LoggedRun>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_NotAskedOtherwise_IsTheNewestLinesTheOldestOfThemFirst()
    {
        RunLogPage page = await logged.ReadAsync("?limit=7");

        Assert.Equal("1-30 1-31 2-1 2-2 2-3 2-4 2-5", Names(page));
        Assert.Equal(("1-30", "2-5", true, 36), (page.Before, page.After, page.IsEnd, page.Total));
        Assert.Equal((LoggedRun.Start.AddSeconds(31), RunLogLevel.Error, "It crashed"), (page.Lines[1].Time, page.Lines[1].Level, page.Lines[1].Message));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(2000)]
    public async Task Log_PageByPageBackwards_IsEachLineOnce(int limit)
    {
        var lines = new List<string>();
        RunLogPage page = await logged.ReadAsync($"?limit={limit}");
        lines.InsertRange(0, page.Lines.Select(Name));
        while (page.Before is { } before)
        {
            page = await logged.ReadAsync($"?limit={limit}&before={before}");
            Assert.False(page.IsEnd);
            lines.InsertRange(0, page.Lines.Select(Name));
        }

        Assert.Equal([.. Enumerable.Range(1, 31).Select(i => $"1-{i}"), .. Enumerable.Range(1, 5).Select(i => $"2-{i}")], lines);
    }

    [Fact]
    public async Task Log_AfterALine_ContinuesFromThere()
    {
        RunLogPage page = await logged.ReadAsync("?after=1-30&limit=3");
        RunLogPage last = await logged.ReadAsync($"?after={page.After}&limit=3");
        RunLogPage none = await logged.ReadAsync($"?after={last.After}");

        Assert.Equal(("1-31 2-1 2-2", false), (Names(page), page.IsEnd));
        Assert.Equal(("2-3 2-4 2-5", true), (Names(last), last.IsEnd));
        Assert.Equal(("", "2-5", true), (Names(none), none.After, none.IsEnd));
    }

    [Theory]
    [InlineData("?level=warning", "1-10 1-20 1-30 1-31")]
    [InlineData("?level=error", "1-31")]
    [InlineData("?level=information&limit=1", "2-5")]
    [InlineData("?attempt=2", "2-1 2-2 2-3 2-4 2-5")]
    [InlineData("?attempt=3", "")]
    [InlineData("?search=epoch%201", "1-1 1-10 1-11 1-12 1-13 1-14 1-15 1-16 1-17 1-18 1-19")]
    [InlineData("?search=epoch%201&level=warning", "1-10")]
    [InlineData("?search=EPOCH%201&before=1-12&limit=1", "1-11")]
    [InlineData("?search=ioexception", "1-31")]
    [InlineData("?search=100%25_", "1-31")]
    [InlineData("?search=h%25d", "")]
    [InlineData("?search=_", "1-31")]
    [InlineData("?search='%3B%20DROP%20TABLE%20LogLines", "")]
    [InlineData("?search=%00", "")]
    public async Task Log_Narrowed_IsTheLinesThatAreLikeThat(string query, string names)
    {
        RunLogPage page = await logged.ReadAsync(query);

        Assert.Equal(names, Names(page));
    }

    [Theory]
    [InlineData("log?attempt=0", "attempt")]
    [InlineData("log?level=warn", "level")]
    [InlineData("log?before=x", "before")]
    [InlineData("log?after=1", "after")]
    [InlineData("log?after=-1-5", "after")]
    [InlineData("log?before=1-1&after=1-2", "after")]
    [InlineData("log?limit=0", "limit")]
    [InlineData("log?limit=2001", "limit")]
    [InlineData("log.txt?level=fatal", "level")]
    public async Task Log_BadQuery_NamesTheParameter(string path, string parameter)
    {
        HttpResponseMessage response = await logged.Host.GetAsync($"/api/runs/{logged.RunId}/{path}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancelled));
        Assert.Contains("allowed", problem.RootElement.GetProperty("errors").GetProperty(parameter)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_EndlessSearch_IsRefused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await logged.Host.GetAsync($"/api/runs/{logged.RunId}/log?search={new string('x', 201)}")).StatusCode);

    [Fact]
    public async Task Text_Log_IsAFileOfAllLines()
    {
        HttpResponseMessage response = await logged.Host.GetAsync($"/api/runs/{logged.RunId}/log.txt");
        string[] lines = (await response.Content.ReadAsStringAsync(Cancelled)).Split('\n');

        Assert.Equal(("text/plain", $"run-{logged.RunId}.log.txt"), (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentDisposition?.FileNameStar));
        Assert.Equal("2026-03-01 12:00:01.000 UTC [attempt 1] Epoch 1", lines[0]);
        Assert.Equal("2026-03-01 12:00:10.000 UTC [attempt 1] warning: Epoch 10", lines[9]);
        Assert.Equal(
            ["2026-03-01 12:00:31.000 UTC [attempt 1] error: It crashed", "    System.IO.IOException: 100%_full", "       at Save()"], lines[30..33]);
        Assert.Equal(["2026-03-01 12:00:05.000 UTC [attempt 2] Again 5", ""], lines[^2..]);
    }

    [Fact]
    public async Task Lines_DeliveredAgain_AreThereOnceAsTheyWereFirst()
    {
        await logged.WriteAsync(1, [.. Enumerable.Range(25, 6).Select(i => LoggedRun.Line(i, RunLogLevel.Error, "again"))]);

        RunLogPage page = await logged.ReadAsync();
        Assert.Equal(36, page.Total);
        Assert.DoesNotContain(page.Lines, line => line.Message == "again");
    }

    [Theory]
    [InlineData(3, "worker-1")]
    [InlineData(0, "worker-1")]
    [InlineData(1, "worker-2")]
    public async Task Lines_OfNoAttemptOfThatWorker_AreIgnored(int attempt, string workerId)
    {
        await logged.WriteAsync(logged.RunId, attempt, workerId, LoggedRun.Line(100, RunLogLevel.Error, "not ours"));

        Assert.Equal(36, (await logged.ReadAsync()).Total);
    }

    [Fact]
    public async Task Lines_OfAnUnknownRun_AreIgnored()
    {
        await logged.WriteAsync("nobody", 1, "worker-1", LoggedRun.Line(1, RunLogLevel.Error, "not ours"));

        Assert.Equal(36, (await logged.ReadAsync()).Total);
    }

    [Fact]
    public async Task Lines_OverTheBus_AreStoredAndAnnounced()
    {
        SweepView sweep = await logged.Host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1, "reuse: false", "other"));
        RunClaimed run = await new ScriptedWorker(logged.Host, "worker-9").ClaimAsync();
        Task<ChangeEvent> announced = NextLogAsync(logged.Host.Get<ChangeBroadcaster>());
        ISendEndpoint endpoint = await logged.Host.Get<IBus>().GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunLogs));

        await endpoint.Send(new RunLogWritten(sweep.Id, run.RunId, 1, "worker-9", [LoggedRun.Line(1, RunLogLevel.Information, "hello")]), TestTimeout.Token);

        // Without the sweep's id, so that its pages do not reload.
        Assert.Equal(new ChangeEvent(ChangeKind.Log, run.RunId, null), await announced);
        Assert.Equal("hello", Assert.Single((await logged.Host.GetAsync<RunLogPage>($"/api/runs/{run.RunId}/log")).Lines).Message);
    }

    private static async Task<ChangeEvent> NextLogAsync(ChangeBroadcaster feed)
    {
        await foreach (IReadOnlyList<ChangeEvent> changes in feed.SubscribeAsync(TestTimeout.Token))
        {
            if (changes.FirstOrDefault(change => change.Kind == ChangeKind.Log) is { } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException("the feed ended");
    }

    private static string Names(RunLogPage page) => string.Join(' ', page.Lines.Select(Name));

    private static string Name(RunLogEntry line) => $"{line.Attempt}-{line.Sequence}";
}
