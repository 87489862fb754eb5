using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Experiments.Standalone.Commands;
using Experiments.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Standalone.Tests;

/// <summary>Standalone in this process, with tokens.</summary>
public sealed class GuardedStandalone : IAsyncLifetime
{
    private const string OwnerSecret = "0123456789abcdef0123456789abcdef";

    private readonly TemporaryFolder _data = new();
    private WebApplication _app = null!;

    public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>All endpoints with their methods; an empty list means any method.</summary>
    public IReadOnlyList<(string Path, IReadOnlyList<string> Methods, bool IsAsset)> Endpoints { get; private set; } = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string address = $"http://127.0.0.1:{FreePort.Next()}";
        string[] settings =
        [
            $"--urls={address}", "--Worker:Device=cpu", "--applicationName=Experiments.Dashboard",
            "--Access:Mode=tokens", $"--Access:Tokens:setup:Secret={OwnerSecret}", "--Access:Tokens:setup:Role=owner",
        ];
        _app = StandaloneHosting.Build(new ServeOptions(SweepFile: null, _data.Path, Weights: null, Exit: false, Verbose: false, settings), sweepFile: null);
        await _app.StartAsync(Cancelled);
        Client.BaseAddress = new Uri(address);
        Endpoints =
        [
            .. _app.Services.GetServices<EndpointDataSource>()
                .SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Select(endpoint => (
                    PathOf(endpoint.RoutePattern.RawText!),
                    endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [],
                    endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null))
                .Distinct(),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _data.Dispose();
    }

    public async Task<string> CreateTokenAsync(string role) => (await CreateAsync(role)).Secret;

    public async Task<(string Id, string Secret)> CreateAsync(string role)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, "/api/tokens", JsonContent.Create(new { name = role, user = "ada", role }));
        JsonElement token = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        return (token.GetProperty("id").GetString()!, token.GetProperty("token").GetString()!);
    }

    public async Task RevokeAsync(string id)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Delete, $"/api/tokens/{id}");
        response.EnsureSuccessStatusCode();
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OwnerSecret);
        return Client.SendAsync(request, Cancelled);
    }

    /// <summary>With a value for every route parameter.</summary>
    private static string PathOf(string pattern) =>
        "/" + string.Join('/', pattern.Trim('/').Split('/').Select(part => part.Contains('{', StringComparison.Ordinal) ? "1" : part));
}
