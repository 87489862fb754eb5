using System.Net;

namespace Experiments.Standalone.Tests;

/// <summary>
/// Properties of every endpoint. The endpoints are listed by the application, so that new ones are covered.
/// </summary>
public sealed class EveryEndpointTests(StandaloneService service) : IClassFixture<StandaloneService>
{
    private static readonly string[] Reading = ["GET", "HEAD", "OPTIONS"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Endpoints_AreThoseOfApiAndDashboard()
    {
        string[] paths = [.. service.Endpoints.Select(endpoint => endpoint.Path)];

        Assert.Superset(new HashSet<string>(["/api/sweeps", "/api/sweeps/1/cancel", "/api/events", "/download/runs/1/1", "/_blazor", "/sweeps", "/health"]), new HashSet<string>(paths));
        Assert.InRange(Changes().Count(), 15, int.MaxValue);
    }

    [Fact]
    public async Task Change_AskedForByAnotherSitesPage_IsRefusedEverywhere()
    {
        foreach ((string method, string path) in Changes())
        {
            foreach ((string name, string value) in ((string, string)[])[("Origin", "http://evil.example"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site")])
            {
                using HttpResponseMessage response = await SendAsync(method, path, (name, value));
                Assert.True(response.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} with {name}: {value} answers {(int)response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task PagesConnection_FromAnotherSitesPage_IsRefused()
    {
        using HttpResponseMessage response = await SendAsync(
            "GET", "/_blazor?id=1", ("Origin", "http://evil.example"), ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task AnyCall_UnderAnotherName_IsRefusedEverywhere()
    {
        foreach ((string path, IReadOnlyList<string> methods) in service.Endpoints)
        {
            string method = methods.Count > 0 ? methods[0] : "GET";
            using HttpResponseMessage response = await SendAsync(method, path, ("Host", "evil.example"));
            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{method} {path} answers {(int)response.StatusCode}");
        }
    }

    [Fact]
    public async Task Head_WhereverThereIsGet_AnswersTheSameWithoutABody()
    {
        foreach (string path in Readable())
        {
            using HttpResponseMessage get = await SendAsync("GET", path);
            using HttpResponseMessage head = await SendAsync("HEAD", path);
            Assert.True(
                (get.StatusCode, get.Content.Headers.ContentType?.MediaType) == (head.StatusCode, head.Content.Headers.ContentType?.MediaType),
                $"GET {path} answers {(int)get.StatusCode} {get.Content.Headers.ContentType}, HEAD {(int)head.StatusCode} {head.Content.Headers.ContentType}");
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
        }
    }

    /// <summary>Pages may run their own scripts; other responses may run none.</summary>
    [Fact]
    public async Task Answer_OfEveryAddress_SaysWhatBrowsersMayDoWithIt()
    {
        foreach (string path in Readable().Append("/no/such/page"))
        {
            using HttpResponseMessage response = await SendAsync("GET", path, ("Accept", "text/html, */*;q=0.8"));
            string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            bool isPage = response.Content.Headers.ContentType?.MediaType == "text/html";

            Assert.True(response.Headers.TryGetValues("X-Content-Type-Options", out IEnumerable<string>? guessing) && guessing.Single() == "nosniff", path);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", policy, StringComparison.Ordinal);
            Assert.True(policy.StartsWith(isPage ? "default-src 'self'" : "default-src 'none'", StringComparison.Ordinal), $"{path}: {policy}");
        }
    }

    private IEnumerable<(string Method, string Path)> Changes() => service.Endpoints.SelectMany(
        endpoint => (endpoint.Methods.Count > 0 ? endpoint.Methods : ["POST"]).Where(method => !Reading.Contains(method)).Select(method => (method, endpoint.Path)));

    private IEnumerable<string> Readable() =>
        service.Endpoints.Where(endpoint => endpoint.Methods.Contains("GET")).Select(endpoint => endpoint.Path).Where(path => !path.Contains('.', StringComparison.Ordinal) || path.StartsWith("/api", StringComparison.Ordinal)).Distinct();

    private async Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }
}
