using System.Net;
using System.Text.RegularExpressions;

namespace Experiments.Standalone.Tests;

/// <summary>
/// With tokens, every page, hub, stream, download and call of the process is closed to callers without one, a viewer's cookie opens pages, and a revoked
/// token closes them again. The endpoints are listed by the application.
/// </summary>
public sealed partial class AccessWalkTests(GuardedStandalone service) : IClassFixture<GuardedStandalone>
{
    /// <summary>What a browser needs to sign in, and what probes ask for.</summary>
    private static readonly string[] Public = ["/login", "/logout", "/health", "/alive"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<(string Path, string Method, bool IsApi)> Endpoints => service.Endpoints
        .Where(endpoint => !Public.Contains(endpoint.Path) && !endpoint.IsAsset)
        .SelectMany(endpoint => (endpoint.Methods.Count > 0 ? endpoint.Methods : ["GET", "POST"]).Select(method => (endpoint.Path, method, IsApi(endpoint.Path))));

    [Fact]
    public async Task Walk_WithoutAToken_NothingIsAnswered()
    {
        List<string> open = [];
        foreach ((string path, string method, bool isApi) in Endpoints)
        {
            using HttpResponseMessage response = await SendAsync(method, path);
            bool isClosed = response.StatusCode == HttpStatusCode.Unauthorized
                || (!isApi && response.StatusCode == HttpStatusCode.Redirect && response.Headers.Location!.AbsolutePath == "/login");
            if (!isClosed)
            {
                open.Add($"{method} {path}: {(int)response.StatusCode}");
            }
        }

        Assert.Contains(Endpoints, endpoint => endpoint.Path == "/_blazor");
        Assert.Contains(Endpoints, endpoint => endpoint.Path == "/api/events");
        Assert.True(open.Count == 0, string.Join('\n', open));
    }

    [Fact]
    public async Task Walk_WithAViewersCookie_PagesOpenAndTheApiStaysClosed()
    {
        string cookie = await SignInAsync(await service.CreateTokenAsync("viewer"));

        foreach ((string path, string method, bool isApi) in Endpoints.Where(endpoint => endpoint.Method == "GET"))
        {
            using HttpResponseMessage response = await SendAsync(method, path, cookie);
            Assert.True((response.StatusCode == HttpStatusCode.Unauthorized) == isApi && response.StatusCode != HttpStatusCode.Redirect, $"{method} {path}: {(int)response.StatusCode}");
        }
    }

    [Fact]
    public async Task Cookie_OfARevokedToken_IsRefused()
    {
        (string id, string secret) = await service.CreateAsync("operator");
        string cookie = await SignInAsync(secret);
        using HttpResponseMessage before = await SendAsync("GET", "/download/audit.csv", cookie);

        await service.RevokeAsync(id);
        using HttpResponseMessage after = await SendAsync("GET", "/download/audit.csv", cookie);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (before.StatusCode, after.StatusCode));
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Link_OnAPageOfAnotherSite_HasToBeConfirmed(string site)
    {
        string secret = await service.CreateTokenAsync("viewer");
        using HttpResponseMessage response = await SendAsync("GET", $"/login?token={secret}", headers: ("Sec-Fetch-Site", site));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("experiments-session", StringComparison.Ordinal));
        Assert.Contains("Sign in", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sweeps?tag=a", "/sweeps?tag=a")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("https://evil.example/", "/")]
    public async Task Form_LeadsBackToAPageOfThisSiteOnly(string returnUrl, string expected)
    {
        using HttpResponseMessage page = await SendAsync("GET", $"/login?returnUrl={Uri.EscapeDataString(returnUrl)}");
        string html = await page.Content.ReadAsStringAsync(Token);
        string antiforgery = AntiforgeryField().Match(html).Groups[1].Value;
        string cookie = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var form = new FormUrlEncodedContent(
            [new("token", await service.CreateTokenAsync("viewer")), new("returnUrl", returnUrl), new("__RequestVerificationToken", antiforgery)]);

        using HttpResponseMessage response = await SendAsync("POST", "/login", cookie, form);

        Assert.Equal((HttpStatusCode.Redirect, expected), (response.StatusCode, response.Headers.Location?.ToString()));
        string session = response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("experiments-session", StringComparison.Ordinal));
        Assert.Contains("samesite=lax; httponly", session, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithoutTheAntiforgeryField_IsRefused()
    {
        using var form = new FormUrlEncodedContent([new("token", await service.CreateTokenAsync("viewer"))]);
        using HttpResponseMessage response = await SendAsync("POST", "/login", content: form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Link_OfAWorkersToken_DoesNotSignIn()
    {
        using HttpResponseMessage response = await SendAsync("GET", $"/login?token={await service.CreateTokenAsync("worker")}");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("This token is for a worker.", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static bool IsApi(string path) => path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/openapi", StringComparison.Ordinal);

    private async Task<string> SignInAsync(string secret)
    {
        using HttpResponseMessage response = await SendAsync("GET", $"/login?token={secret}");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("experiments-session", StringComparison.Ordinal)).Split(';')[0];
    }

    private async Task<HttpResponseMessage> SendAsync(
        string method, string path, string? cookie = null, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryField();
}
