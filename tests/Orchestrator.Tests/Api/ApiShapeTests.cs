using System.Net;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Api;

/// <summary>Properties of the whole API.</summary>
public sealed class ApiShapeTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Upload = "?worker=w&bytes=0&sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string NoId = "00000000000000000000000000";

    private TestHost Host => shared.Host;

    /// <summary>Regression: the answer was 500, as if the service had failed.</summary>
    [Fact]
    public async Task Get_UnknownIdForACallerThatTakesHtmlAlone_IsStillNotFound()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{NoId}");
        request.Headers.Accept.ParseAdd("text/html");

        using HttpResponseMessage response = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(NoId, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/sweeps/ID")]
    [InlineData("GET", "/api/sweeps/ID/runs")]
    [InlineData("GET", "/api/sweeps/ID/runs.csv")]
    [InlineData("GET", "/api/sweeps/ID/columns?columns=seed")]
    [InlineData("GET", "/api/sweeps/ID/importance")]
    [InlineData("GET", "/api/sweeps/ID/attempts")]
    [InlineData("GET", "/api/sweeps/ID/progress")]
    [InlineData("GET", "/api/sweeps/ID/search")]
    [InlineData("GET", "/api/sweeps/ID/search/rungs")]
    [InlineData("GET", "/api/sweeps/ID/runs.json")]
    [InlineData("GET", "/api/sweeps/ID/runs/counts")]
    [InlineData("GET", "/api/sweeps/ID/failures")]
    [InlineData("GET", "/api/sweeps/ID/names")]
    [InlineData("GET", "/api/sweeps/ID/groups?by=model")]
    [InlineData("GET", "/api/sweeps/ID/curves?ids=00000000000000000000000000")]
    [InlineData("GET", "/api/sweeps/ID/spec.yaml")]
    [InlineData("POST", "/api/sweeps/ID/pause")]
    [InlineData("POST", "/api/sweeps/ID/resume")]
    [InlineData("POST", "/api/sweeps/ID/cancel")]
    [InlineData("POST", "/api/sweeps/ID/retry-failed")]
    [InlineData("DELETE", "/api/sweeps/ID")]
    [InlineData("GET", "/api/sweeps/ID/deletion")]
    [InlineData("DELETE", "/api/runs/ID")]
    [InlineData("GET", "/api/runs/ID/deletion")]
    [InlineData("GET", "/api/runs/ID")]
    [InlineData("GET", "/api/runs/ID/attempts")]
    [InlineData("GET", "/api/runs/ID/metrics")]
    [InlineData("GET", "/api/runs/ID/log")]
    [InlineData("GET", "/api/runs/ID/log.txt")]
    [InlineData("GET", "/api/runs/ID/artifacts/best.safetensors")]
    [InlineData("GET", "/api/runs/ID/attempts/1/files/best.safetensors")]
    [InlineData("GET", "/api/runs/ID/attempts/1/uploads/best.safetensors" + Upload)]
    [InlineData("PUT", "/api/runs/ID/attempts/1/uploads/best.safetensors" + Upload)]
    [InlineData("GET", "/api/runs/ID/evaluation")]
    [InlineData("GET", "/api/runs/ID/evaluation/mistakes")]
    [InlineData("GET", "/api/runs/ID/initialization")]
    [InlineData("GET", "/api/runs/ID/model")]
    [InlineData("POST", "/api/runs/ID/predict")]
    [InlineData("GET", "/api/models/ID")]
    [InlineData("POST", "/api/runs/ID/cancel")]
    [InlineData("POST", "/api/runs/ID/retry")]
    [InlineData("GET", "/api/runs/compare?ids=ID")]
    [InlineData("GET", "/api/runs/compare/mistakes?ids=ID,00000000000000000000000001")]
    [InlineData("GET", "/api/datasets/ID")]
    [InlineData("GET", "/api/datasets/ID/samples")]
    [InlineData("GET", "/api/datasets/ID/samples/0/0")]
    [InlineData("GET", "/api/workers/ID/history")]
    [InlineData("POST", "/api/workers/ID/drain")]
    [InlineData("POST", "/api/workers/ID/readmit")]
    [InlineData("GET", "/api/nothing/ID")]
    public async Task Call_UnknownId_IsNotFound(string method, string path)
    {
        foreach (string id in (string[])[NoId, "nonsense", "%27%20OR%201=1", "..%2F..%2Fetc", new string('9', 500)])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("ID", id, StringComparison.Ordinal));
            HttpResponseMessage response = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);

            HttpStatusCode expected = path.Contains("compare", StringComparison.Ordinal) && id != NoId ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound;
            Assert.Equal(expected, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("/api/sweeps?skip=-1", "skip")]
    [InlineData("/api/sweeps?skip=99999999999999999999", "skip")]
    [InlineData("/api/sweeps?take=x", "take")]
    [InlineData("/api/sweeps?take=10001", "take")]
    [InlineData("/api/sweeps?status=runing", "status")]
    [InlineData("/api/runs/compare", "ids")]
    [InlineData("/api/runs/compare?ids=" + NoId + "&maxPoints=0", "maxPoints")]
    [InlineData("/api/runs/" + NoId + "/metrics?maxPoints=-5", "maxPoints")]
    public async Task Get_BadQuery_NamesTheParameter(string path, string parameter)
    {
        HttpResponseMessage response = await Host.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(problem.RootElement.GetProperty("errors").TryGetProperty(parameter, out _));
    }

    [Fact]
    public async Task Get_WrongMethod_IsAProblemToo()
    {
        HttpResponseMessage response = await Host.Client.DeleteAsync(new Uri("/api/sweeps", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task OpenApi_Document_ListsEveryCall()
    {
        JsonElement document = await Host.GetAsync<JsonElement>("/openapi/v1.json");

        string[] paths = [.. document.GetProperty("paths").EnumerateObject().Select(path => path.Name)];
        Assert.Superset(
            new HashSet<string>
            {
                "/api/sweeps", "/api/sweeps/preview", "/api/sweeps/{id}", "/api/sweeps/{id}/extend", "/api/sweeps/{sweepId}/runs",
                "/api/sweeps/{sweepId}/groups", "/api/sweeps/{sweepId}/curves", "/api/sweeps/{sweepId}/names", "/api/sweeps/{sweepId}/runs.json", "/api/runs/bulk",
                "/api/runs/{id}", "/api/runs/{id}/metrics", "/api/runs/{id}/log", "/api/runs/{id}/log.txt", "/api/runs/compare", "/api/workers", "/api/models", "/api/events",
                "/api/models/{name}", "/api/runs/{id}/evaluation", "/api/runs/{id}/evaluation/mistakes", "/api/runs/{id}/initialization", "/api/runs/{id}/model", "/api/runs/{id}/predict",
                "/api/storage", "/api/storage/compact", "/api/sweeps/{id}/deletion", "/api/runs/{id}/deletion",
                "/api/runs/{id}/attempts/{attempt}/files/{name}", "/api/runs/{id}/attempts/{attempt}/uploads/{name}",
            },
            paths.ToHashSet());
    }

    [Fact]
    public async Task OpenApi_EveryCall_SaysWhatItAnswersWith()
    {
        JsonElement document = await Host.GetAsync<JsonElement>("/openapi/v1.json");

        Assert.All(
            from path in document.GetProperty("paths").EnumerateObject()
            from call in path.Value.EnumerateObject()
            where call.Name != "parameters"
            select $"{call.Name} {path.Name}: {string.Join(' ', call.Value.GetProperty("responses").EnumerateObject().Select(answer => answer.Name))}",
            call => Assert.Matches(": .*2[0-9][0-9]", call));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Health_RunningService_IsOk(string path) => Assert.Equal(HttpStatusCode.OK, (await Host.GetAsync(path)).StatusCode);

    [Fact]
    public async Task Health_OfTheOrchestrator_IncludesItsStorage()
    {
        JsonElement report = await Host.GetAsync<JsonElement>("/health");

        Assert.Equal("healthy", report.GetProperty("checks").GetProperty("storage").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("/api/models", "resnet18")]
    [InlineData("/api/datasets", "digits")]
    [InlineData("/api/augmentations", "standard")]
    [InlineData("/api/transforms", "randomCrop")]
    public async Task Catalog_Lists_WhatASweepCanName(string path, string name)
    {
        JsonElement list = await Host.GetAsync<JsonElement>(path);

        Assert.Contains(list.EnumerateArray(), item =>
            item.GetProperty("name").GetString() == name && item.GetProperty("description").GetString()!.Length > 0);
    }

    [Fact]
    public async Task Workers_WithoutAny_IsEmpty() => Assert.Empty(await Host.GetAsync<WorkerView[]>("/api/workers"));
}
