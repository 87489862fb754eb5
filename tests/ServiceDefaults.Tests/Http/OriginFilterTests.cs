using System.Net;
using Experiments.ServiceDefaults.Hosting;
using Experiments.ServiceDefaults.Http;

namespace Experiments.ServiceDefaults.Tests.Http;

public sealed class OriginFilterTests : IAsyncLifetime
{
    private GuardedService _service = null!;

    public async ValueTask InitializeAsync() => _service = await GuardedService.StartAsync(settings: (TrustedOrigins.Setting, "https://lab.example; http://other.example:81/"));

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("POST", "http://evil.example", null)]
    [InlineData("DELETE", "http://evil.example", null)]
    [InlineData("POST", "null", null)]
    [InlineData("POST", "file://", null)]
    [InlineData("POST", "http://127.0.0.1:1", null)]
    [InlineData("POST", "http://localhost", null)]
    [InlineData("POST", null, "cross-site")]
    [InlineData("POST", "http://evil.example", "cross-site")]
    [InlineData("POST", "http://localhost:3000", "same-site")]
    [InlineData("POST", "https://lab.example:444", null)]
    public async Task Change_FromAnotherSitesPage_IsRefusedAndNotDone(string method, string? origin, string? site)
    {
        using HttpResponseMessage response = await SendAsync(method, origin, site);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(0, _service.Changes);
        Assert.Contains("AllowedOrigins", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Its own pages, clients that are not browsers, and trusted pages.</summary>
    [Theory]
    [InlineData("POST", null, null)]
    [InlineData("POST", "own", null)]
    [InlineData("DELETE", "own", "same-origin")]
    [InlineData("POST", "https://behind.a.proxy", "same-origin")]
    [InlineData("POST", null, "none")]
    [InlineData("POST", "https://lab.example", "cross-site")]
    [InlineData("POST", "http://other.example:81", null)]
    public async Task Change_FromOneThatMay_IsDone(string method, string? origin, string? site)
    {
        string own = _service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        using HttpResponseMessage response = await SendAsync(method, origin == "own" ? own : origin, site);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, _service.Changes);
    }

    /// <summary>Browsers let any page open a WebSocket, and send only the origin.</summary>
    [Fact]
    public async Task WebSocket_FromAnotherSitesPage_IsRefused()
    {
        using HttpResponseMessage response = await _service.SendAsync(
            HttpMethod.Get, "/socket", ("Origin", "http://evil.example"), ("Connection", "Upgrade"), ("Upgrade", "websocket"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(0, _service.Changes);
    }

    [Fact]
    public async Task Get_FromAnotherSitesPage_IsAnsweredButNotToBeEmbedded()
    {
        using HttpResponseMessage response = await _service.SendAsync(HttpMethod.Get, "/text", ("Origin", "http://evil.example"), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Start_WrongTrustedOrigin_SaysWhichAndWhatIsAllowed()
    {
        ServiceConfigurationException problem = await Assert.ThrowsAsync<ServiceConfigurationException>(
            () => GuardedService.StartAsync(settings: (TrustedOrigins.Setting, "lab.example")));

        Assert.Contains("'lab.example'", problem.Message, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string? origin, string? site)
    {
        (string, string)[] headers = [.. origin is null ? [] : new[] { ("Origin", origin) }, .. site is null ? [] : new[] { ("Sec-Fetch-Site", site) }];
        return _service.SendAsync(new HttpMethod(method), "/change", headers);
    }
}
