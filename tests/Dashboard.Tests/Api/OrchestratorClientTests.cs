using System.Net;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;

namespace Experiments.Dashboard.Tests.Api;

public sealed class OrchestratorClientTests : IDisposable
{
    private readonly StubOrchestrator _orchestrator = new();
    private readonly HttpClient _http;
    private readonly OrchestratorClient _client;

    public OrchestratorClientTests()
    {
        _http = new HttpClient(_orchestrator) { BaseAddress = new Uri("http://orchestrator") };
        _client = new OrchestratorClient(_http);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _orchestrator.Dispose();
    }

    [Fact]
    public async Task GetRunsAsync_Arguments_AreInTheQueryAsFarAsGiven()
    {
        _orchestrator.On("GET /api/sweeps/s1/runs", new Page<RunView>(1, [Samples.Run(1)]));

        Page<RunView> page = await _client.GetRunsAsync("s1", new RunsQuery(Sort: "-validation/accuracy", Skip: 50, Take: 25), Token);

        Assert.Equal("r1", Assert.Single(page.Items).Id);
        Assert.Equal("GET /api/sweeps/s1/runs?sort=-validation%2Faccuracy&skip=50&take=25", Assert.Single(_orchestrator.Requests));
    }

    [Fact]
    public async Task LaunchAsync_ProblemDetails_GivesTitleAndErrors()
    {
        _orchestrator.OnProblem("POST /api/sweeps", HttpStatusCode.BadRequest, "The sweep is not valid.", new() { ["name"] = ["missing"] });

        OrchestratorException problem = await Assert.ThrowsAsync<OrchestratorException>(() => _client.LaunchAsync(Samples.Sweep().Spec, Token));

        Assert.Equal("The sweep is not valid.", problem.Message);
        Assert.Equal(["missing"], problem.Errors["name"]);
        Assert.False(problem.IsUnreachable);
    }

    [Theory]
    [InlineData("The request is not valid.", "filter", "filter: no such column.")]
    [InlineData("The request is not valid.", "$", "no such column.")]
    [InlineData("The sweep cannot run.", "dataset.path", "The sweep cannot run. dataset.path: no such column.")]
    public void Explain_Errors_SaysNoMoreThanTheyDoWhereTheTitleSaysNothing(string title, string path, string expected) => Assert.Equal(
        expected, new OrchestratorException(title, HttpStatusCode.BadRequest, new Dictionary<string, string[]> { [path] = ["no such column"] }).Explain());

    [Fact]
    public async Task GetSweepAsync_NoAnswer_IsUnreachable()
    {
        _orchestrator.IsDown = true;

        OrchestratorException problem = await Assert.ThrowsAsync<OrchestratorException>(() => _client.GetSweepAsync("s1", Token));

        Assert.True(problem.IsUnreachable);
    }

    [Fact]
    public async Task GetSweepAsync_NotJson_SaysThatItCannotBeRead()
    {
        _orchestrator.On("GET", _ => new HttpResponseMessage { Content = new StringContent("<html>", null, "application/json") });

        OrchestratorException problem = await Assert.ThrowsAsync<OrchestratorException>(() => _client.GetSweepAsync("s1", Token));

        Assert.Contains("cannot be read", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetCurvesAsync_ManyRuns_AsksInSeveralRequests()
    {
        string[] ids = [.. Enumerable.Range(1000, 450).Select(id => $"0000000000000000000000{id}")];
        (string first, string last) = (ids[0], ids[^1]);
        _orchestrator
            .On("GET /api/sweeps/s1/curves", Curve(last))
            .On($"GET /api/sweeps/s1/curves?ids={first}", Curve(first));

        IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>> curves = await _client.GetCurvesAsync("s1", ids, "train/loss", 1000, withTimes: false, Token);

        Assert.Equal(3, _orchestrator.Requests.Count);
        Assert.All(_orchestrator.Requests, request => Assert.True(request.Length < 8000 && request.EndsWith("&times=false", StringComparison.Ordinal)));
        Assert.Equal([first, last], curves.Keys.Order());

        static Dictionary<string, SeriesPoint[]> Curve(string run) => new() { [run] = [new SeriesPoint(1, 0.5, default)] };
    }

    [Theory]
    [InlineData(SweepAction.Pause, "pause")]
    [InlineData(SweepAction.RetryFailed, "retry-failed")]
    public async Task ActAsync_Action_PostsToItsAddress(SweepAction action, string path)
    {
        _orchestrator.On("POST", Samples.Sweep());

        await _client.ActAsync("s1", action, Token);

        Assert.Equal($"POST /api/sweeps/s1/{path}", Assert.Single(_orchestrator.Requests));
    }
}
