using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Text;
using MassTransit;

namespace Experiments.Orchestrator.Tests.Support;

/// <summary>An Orchestrator that identifies its callers, and a token of each role.</summary>
internal sealed class AccessHost : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Access:Mode"] = "tokens",
        ["Access:Tokens:setup:Secret"] = OwnerSecret,
        ["Access:Tokens:setup:Role"] = "owner",
    };

    /// <summary>The secret of the owner that the configuration gives.</summary>
    public const string OwnerSecret = "0123456789abcdef0123456789abcdef";

    private readonly TempFolder? _ownFolder;
    private int _connections;
    private bool _isStopped;

    private AccessHost(TempFolder? ownFolder, TestHost host)
    {
        (_ownFolder, Host) = (ownFolder, host);
        Client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = host.Client.BaseAddress };
    }

    public TestHost Host { get; }

    /// <summary>Each connection comes from an address of its own, so that failed logins are not counted together.</summary>
    public HttpClient Client { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<AccessHost> StartAsync(
        TempFolder? folder = null, TimeProvider? time = null, Action<IBusRegistrationConfigurator>? addServices = null, bool isDurable = false, params (string Key, string? Value)[] settings)
    {
        TempFolder? ownFolder = folder is null ? new TempFolder() : null;
        Dictionary<string, string?> all = new(Settings);
        foreach ((string key, string? value) in settings)
        {
            all[key] = value;
        }

        return new AccessHost(ownFolder, await TestHost.StartAsync(folder ?? ownFolder!, time, all, addServices, isDurable));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ownFolder?.Dispose();
    }

    /// <summary>Keeps the folder.</summary>
    public async Task StopAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        Client.Dispose();
        await Host.DisposeAsync();
    }

    public Task<HttpResponseMessage> SendAsync(string? token, HttpMethod method, string path, HttpContent? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
    }

    public Task<HttpResponseMessage> SendAsync(string? token, string method, string path, string json) =>
        SendAsync(token, new HttpMethod(method), path, new StringContent(json, new MediaTypeHeaderValue("application/json")));

    public async Task<T> GetAsync<T>(string token, string path)
    {
        using HttpResponseMessage response = await SendAsync(token, HttpMethod.Get, path);
        string text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<T>(text, ContractJson.Options)!;
    }

    public async Task<NewToken> CreateAsync(TokenRole role, string user = "ada", DateTimeOffset? expiresAt = null)
    {
        using HttpResponseMessage response = await SendAsync(
            OwnerSecret, HttpMethod.Post, "/api/tokens", JsonContent.Create(new { name = $"{EnumText.Of(role)} token", user, role = EnumText.Of(role), expiresAt }));
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Cancelled));
        return (await response.Content.ReadFromJsonAsync<NewToken>(ContractJson.Options, Cancelled))!;
    }

    public async Task RevokeAsync(NewToken token)
    {
        using HttpResponseMessage response = await SendAsync(OwnerSecret, HttpMethod.Delete, $"/api/tokens/{token.Id}");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        int number = Interlocked.Increment(ref _connections);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(new IPAddress([127, 1, (byte)(number / 250), (byte)(1 + (number % 250))]), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
