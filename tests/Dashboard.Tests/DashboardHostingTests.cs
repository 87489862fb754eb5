using System.Net;
using System.Net.Http.Headers;
using Experiments.Dashboard.Api;
using Experiments.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests;

/// <summary>The dashboard's routes and static files.</summary>
public sealed class DashboardHostingTests : IAsyncLifetime
{
    private readonly StubOrchestrator _orchestrator = new();
    private WebApplication _app = null!;
    private HttpClient _browser = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // The name of the assembly whose list of static assets is served; the test project's list has none of the dashboard's files.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ApplicationName = typeof(DashboardHosting).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseTestServer();
        builder.AddServiceDefaults();
        builder.AddDashboard();
        builder.Services.AddHttpClient<OrchestratorClient>().ConfigurePrimaryHttpMessageHandler(() => _orchestrator);
        _app = builder.Build();
        _app.MapDashboard();
        await _app.StartAsync(Token);
        _browser = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
        _orchestrator.Dispose();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sweeps")]
    [InlineData("/sweeps/new?from=x")]
    [InlineData("/runs/abc")]
    [InlineData("/compare?ids=a,b")]
    [InlineData("/workers")]
    public async Task Get_Page_AnswersWithTheApp(string address)
    {
        using HttpResponseMessage response = await _browser.GetAsync(address, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<title>Experiments</title>", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnknownPage_IsNotFoundButStillTheApp()
    {
        _browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using HttpResponseMessage response = await _browser.GetAsync("/no/such/page", Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("<title>Experiments</title>", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sweeps", HttpStatusCode.OK)]
    [InlineData("/no/such/page", HttpStatusCode.NotFound)]
    public async Task Get_Page_MayRunItsServersScriptsAndNothingElse(string address, HttpStatusCode status)
    {
        _browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using HttpResponseMessage response = await _browser.GetAsync(address, Token);

        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        string html = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal(status, response.StatusCode);
        Assert.Contains("default-src 'self'; script-src 'self' 'unsafe-eval';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]*src=)", html);
        Assert.DoesNotMatch("\\son[a-z]+=", html);
    }

    [Fact]
    public async Task Head_Download_FetchesNoFileForIt()
    {
        _orchestrator.On("GET /api/runs/r1", Samples.Run(3)).On("GET /api/sweeps/s1", Samples.Sweep());
        _orchestrator.On("HEAD /api/runs/r1/artifacts/best.safetensors", _ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
            answer.Content.Headers.ContentLength = 12345;
            return answer;
        });
        using var request = new HttpRequestMessage(HttpMethod.Head, "/download/runs/r1/best.safetensors");

        using HttpResponseMessage response = await _browser.SendAsync(request, Token);

        Assert.Equal((HttpStatusCode.OK, 12345), (response.StatusCode, response.Content.Headers.ContentLength));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
    }

    /// <summary>The scripts come from the package Plotly.Blazor; an update of it that moves or changes them fails here.</summary>
    [Theory]
    [InlineData("basic", "plotly.js (basic - minified)")]
    [InlineData("full", "plotly.js v")]
    public async Task Get_PlotlyModule_ImportsTheScriptThatAssignsItsGlobal(string build, string title)
    {
        string curves = await _browser.GetStringAsync(new Uri("/dashboard/curves.js", UriKind.Relative), Token);
        string module = await _browser.GetStringAsync(new Uri($"/dashboard/plotly-{build}.js", UriKind.Relative), Token);
        string script = await _browser.GetStringAsync(new Uri($"/plotly/{build}.min.js", UriKind.Relative), Token);

        Assert.Contains($"\"{build}\"", curves, StringComparison.Ordinal);
        Assert.Contains($"import \"../plotly/{build}.min.js\";", module, StringComparison.Ordinal);
        Assert.Contains(title, script[..200], StringComparison.Ordinal);
        Assert.Contains("window.Plotly = Plotly;", script[^200..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/health")]
    public async Task Get_AddressOfPrograms_IsLeftAlone(string address)
    {
        _browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using HttpResponseMessage response = await _browser.GetAsync(address, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Post_PageAddress_IsNotAllowed()
    {
        using HttpResponseMessage response = await _browser.PostAsync("/download/sweeps/s1/runs.csv", null, Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Get_Page_AsksNoOtherHost()
    {
        string html = await _browser.GetStringAsync("/", Token);

        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"//", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_Range_IsPassedOnAndTheFileNamed()
    {
        _orchestrator.On("GET /api/runs/r1", Samples.Run(3)).On("GET /api/sweeps/s1", Samples.Sweep());
        _orchestrator.On("GET /api/runs/r1/artifacts/best.safetensors", request =>
        {
            Assert.Equal("bytes=2-3", request.Headers.Range!.ToString());
            var answer = new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new ByteArrayContent([3, 4]) };
            answer.Content.Headers.ContentRange = new ContentRangeHeaderValue(2, 3, 5);
            return answer;
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/download/runs/r1/best.safetensors");
        request.Headers.Range = new RangeHeaderValue(2, 3);

        using HttpResponseMessage response = await _browser.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("bytes 2-3/5", response.Content.Headers.ContentRange!.ToString());
        Assert.Equal(("attachment", "digits-quickstart-run-3-best.safetensors"), (response.Content.Headers.ContentDisposition!.DispositionType, response.Content.Headers.ContentDisposition.FileName));
        Assert.Equal([3, 4], await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Download_MissingFile_TellsWhatTheOrchestratorSaid()
    {
        _orchestrator.OnProblem("GET", HttpStatusCode.NotFound, "There is no such artifact.");

        using HttpResponseMessage response = await _browser.GetAsync("/download/runs/r1/x", Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("There is no such artifact.", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_OrchestratorAway_IsABadGateway()
    {
        _orchestrator.IsDown = true;

        using HttpResponseMessage response = await _browser.GetAsync("/download/sweeps/s1/runs.csv", Token);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
    }
}
