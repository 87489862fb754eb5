using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Access;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Access;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Api.Access;

public sealed class TokenEndpointTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_ShowsTheSecretOnce_AndStoresOnlyItsHash()
    {
        using var folder = new TempFolder();
        await using AccessHost access = await AccessHost.StartAsync(folder, _time);

        NewToken token = await access.CreateAsync(TokenRole.Operator, "ada", _time.GetUtcNow().AddDays(1));
        string list = JsonSerializer.Serialize(await access.GetAsync<JsonElement>(AccessHost.OwnerSecret, "/api/tokens"));
        TokenView shown = Assert.Single(await access.GetAsync<TokenView[]>(AccessHost.OwnerSecret, "/api/tokens"), view => view.Id == token.Id);

        Assert.Matches("^exp_[A-Za-z0-9_-]{43}$", token.Token);
        Assert.DoesNotContain(token.Token, list, StringComparison.Ordinal);
        Assert.DoesNotContain(TokenSecret.HashOf(token.Token), list, StringComparison.Ordinal);
        Assert.Equal(("operator token", "ada", TokenRole.Operator, false), (shown.Name, shown.User, shown.Role, shown.IsConfigured));
        Assert.Equal((_time.GetUtcNow(), _time.GetUtcNow().AddDays(1), null, null), (shown.CreatedAt, shown.ExpiresAt, shown.LastUsedAt, shown.RevokedAt));
        await access.StopAsync();
        foreach (string file in Directory.EnumerateFiles(folder.Path, "experiments.db*"))
        {
            Assert.DoesNotContain(token.Token, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancelled)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{ "role": "viewer" }""", "name", "missing")]
    [InlineData("""{ "name": "" , "role": "viewer" }""", "name", "empty")]
    [InlineData("""{ "name": "x" }""", "role", "allowed: viewer, operator, owner, worker")]
    [InlineData("""{ "name": "x", "role": "admin" }""", "role", "unknown value: \"admin\"")]
    [InlineData("""{ "name": "x", "role": "viewer", "expiresAt": "tomorrow" }""", "expiresAt", "\"tomorrow\"")]
    [InlineData("""{ "name": "x", "role": "viewer", "expiresAt": "2020-01-01T00:00:00Z" }""", "expiresAt", "in the past")]
    [InlineData("""{ "name": "x", "role": "viewer", "rights": 1 }""", "rights", "unknown key")]
    public async Task Create_InvalidRequest_NamesTheProblem(string body, string path, string problem)
    {
        await using AccessHost access = await AccessHost.StartAsync(time: _time);

        using HttpResponseMessage response = await access.SendAsync(AccessHost.OwnerSecret, "POST", "/api/tokens", body);
        using var details = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancelled));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(problem, details.RootElement.GetProperty("errors").GetProperty(path)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Me_OfAToken_SaysWhoAndWhatFor()
    {
        await using AccessHost access = await AccessHost.StartAsync(time: _time);
        NewToken token = await access.CreateAsync(TokenRole.Viewer, "grace");

        Assert.Equal(new MeView("tokens", "grace", TokenRole.Viewer, token.Id, "viewer token", null), await access.GetAsync<MeView>(token.Token, "/api/me"));
    }

    [Fact]
    public async Task Me_OpenOrchestrator_IsAnOwnerWithoutAName()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);

        Assert.Equal(new MeView("open", null, TokenRole.Owner, null, null, null), await host.GetAsync<MeView>("/api/me"));
        Assert.Empty(await host.GetAsync<TokenView[]>("/api/tokens"));
        using HttpResponseMessage create = await host.PostAsync("/api/tokens", "{ name: mine, role: owner }");
        Assert.Equal(HttpStatusCode.Conflict, create.StatusCode);
    }

    [Fact]
    public async Task Use_IsShown_AndKeptOverARestart()
    {
        using var folder = new TempFolder();
        AccessHost access = await AccessHost.StartAsync(folder, _time);
        NewToken token = await access.CreateAsync(TokenRole.Viewer);
        _time.Advance(TimeSpan.FromHours(1));
        await access.GetAsync<MeView>(token.Token, "/api/me");
        await access.StopAsync();

        access = await AccessHost.StartAsync(folder, new FakeTimeProvider(_time.GetUtcNow().AddHours(1)));
        await using (access)
        {
            TokenView shown = Assert.Single(await access.GetAsync<TokenView[]>(AccessHost.OwnerSecret, "/api/tokens"), view => view.Id == token.Id);
            Assert.Equal(_time.GetUtcNow(), shown.LastUsedAt);
            Assert.Equal("ada", (await access.GetAsync<MeView>(token.Token, "/api/me")).User);
        }
    }

    [Fact]
    public async Task Revoke_EndsAnOpenStreamAndIsKeptOverARestart()
    {
        using var folder = new TempFolder();
        AccessHost access = await AccessHost.StartAsync(folder);
        NewToken token = await access.CreateAsync(TokenRole.Viewer);
        using HttpResponseMessage stream = await access.SendAsync(token.Token, HttpMethod.Get, "/api/events");
        await using Stream events = await stream.Content.ReadAsStreamAsync(Cancelled);
        Assert.True(await events.ReadAsync(new byte[100], TestTimeout.Token) > 0);

        await access.RevokeAsync(token);

        await EndOfAsync(events);
        Assert.Equal(HttpStatusCode.Unauthorized, (await access.SendAsync(token.Token, HttpMethod.Get, "/api/me")).StatusCode);
        await access.StopAsync();
        access = await AccessHost.StartAsync(folder);
        await using (access)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await access.SendAsync(token.Token, HttpMethod.Get, "/api/me")).StatusCode);
            Assert.NotNull(Assert.Single(await access.GetAsync<TokenView[]>(AccessHost.OwnerSecret, "/api/tokens"), view => view.Id == token.Id).RevokedAt);
        }
    }

    [Fact]
    public async Task Expiry_EndsAnOpenStream()
    {
        await using AccessHost access = await AccessHost.StartAsync(time: _time);
        NewToken token = await access.CreateAsync(TokenRole.Viewer, expiresAt: _time.GetUtcNow().AddMinutes(5));
        using HttpResponseMessage stream = await access.SendAsync(token.Token, HttpMethod.Get, "/api/events");
        await using Stream events = await stream.Content.ReadAsStreamAsync(Cancelled);
        Assert.True(await events.ReadAsync(new byte[100], TestTimeout.Token) > 0);

        for (int seconds = 0; seconds < 320; seconds += 10)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        await EndOfAsync(events);
    }

    [Fact]
    public async Task Revoke_TokenOfTheConfiguration_NamesTheSetting()
    {
        await using AccessHost access = await AccessHost.StartAsync();

        using HttpResponseMessage response = await access.SendAsync(AccessHost.OwnerSecret, HttpMethod.Delete, "/api/tokens/configured:setup");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("Access:Tokens", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailedLogins_BeyondTheLimit_GetAnotherAnswer_WhileValidTokensStillWork()
    {
        await using AccessHost access = await AccessHost.StartAsync(time: _time);
        using var oneAddress = new HttpClient { BaseAddress = access.Client.BaseAddress };

        for (int i = 0; i < FailedLogins.Most; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(oneAddress, $"exp_{i}"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(oneAddress, "exp_more"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(oneAddress, AccessHost.OwnerSecret));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(oneAddress, "exp_later"));
    }

    [Fact]
    public async Task Health_WithoutAToken_GivesOnlyTheStatus()
    {
        await using AccessHost access = await AccessHost.StartAsync();
        using HttpResponseMessage anonymous = await access.SendAsync(null, HttpMethod.Get, "/health");
        using var report = JsonDocument.Parse(await anonymous.Content.ReadAsStringAsync(Cancelled));

        Assert.Equal(("healthy", 0), (report.RootElement.GetProperty("status").GetString(), report.RootElement.GetProperty("checks").EnumerateObject().Count()));
        Assert.NotEmpty((await access.GetAsync<JsonElement>(AccessHost.OwnerSecret, "/health")).GetProperty("checks").EnumerateObject());
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await client.SendAsync(request, Cancelled);
        return response.StatusCode;
    }

    /// <summary>Reads until the other end closes the stream.</summary>
    private static async Task EndOfAsync(Stream stream)
    {
        byte[] buffer = new byte[1000];
        try
        {
            while (await stream.ReadAsync(buffer, TestTimeout.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Cut off in the middle of a line.
        }
    }
}
