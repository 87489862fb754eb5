using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Experiments.TestServers;
using Experiments.TestSystem.Processes;

namespace Experiments.EndToEnd.Tests.Distributed;

/// <summary>
/// The distributed form with tokens, passwords and TLS everywhere: a broker over amqps, a Redis over TLS, and the Orchestrator over HTTPS. All trust one
/// certificate of the test by SSL_CERT_FILE.
/// </summary>
public sealed class GuardedSystemTests : IAsyncLifetime
{
    private const string OwnerSecret = "00112233445566778899aabbccddeeff";
    private const string WorkerSecret = "ffeeddccbbaa99887766554433221100";
    private const string Sweep = """
        name: guarded
        dataset: { name: digits, limit: 200 }
        base: { model: lenet5, epochs: 2, batchSize: 64 }
        grid: { seed: [1] }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _address = $"https://localhost:{FreePort.Next()}";
    private readonly ServerSecrets _secrets;
    private readonly PrivateRabbitMq _broker;
    private readonly PrivateRedis _redis;
    private readonly List<ServiceProcess> _services = [];
    private readonly HttpClient _client;

    public GuardedSystemTests()
    {
        _secrets = ServerSecrets.CreateIn(_folder);
        _broker = PrivateRabbitMq.Prepare(new RabbitMqOptions { Secrets = _secrets });
        _redis = PrivateRedis.Prepare(secrets: _secrets);
        _client = Client();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(_broker.RestartAsync(), _redis.RestartAsync());
        Start("Orchestrator", new()
        {
            ["ASPNETCORE_URLS"] = _address,
            ["Kestrel__Certificates__Default__Path"] = _secrets.Certificate,
            ["Kestrel__Certificates__Default__KeyPath"] = _secrets.Key,
            ["Storage__Root"] = _folder["data"],
            ["Access__Tokens__owner__Secret"] = OwnerSecret,
            ["Access__Tokens__owner__Role"] = "owner",
            ["Access__Tokens__worker__Secret"] = WorkerSecret,
        });
        await UntilAsync("/health", report => report.GetProperty("status").GetString() == "healthy");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProcess service in _services)
        {
            await service.DisposeAsync();
        }

        await _broker.DisposeAsync();
        await _redis.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sweep_OnlyTheWorkerWithItsTokenTrains_AndEverythingIsEncrypted()
    {
        ServiceProcess stranger = StartWorker("stranger", OwnerSecret);
        await UntilAsync(() => Task.FromResult(stranger.Output.Contains("does not accept this worker and gives it no runs", StringComparison.Ordinal)));
        StartWorker("right", WorkerSecret);
        using HttpResponseMessage launched = await _client.PostAsync(new Uri("/api/sweeps", UriKind.Relative), new StringContent(Sweep, new MediaTypeHeaderValue("application/yaml")), Cancelled);
        Assert.Equal(HttpStatusCode.Created, launched.StatusCode);
        string id = (await launched.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetString()!;

        await UntilAsync($"/api/sweeps/{id}", sweep => sweep.GetProperty("status").GetString() == "completed");

        JsonElement run = (await GetAsync($"/api/sweeps/{id}/runs")).GetProperty("items")[0];
        JsonElement attempt = Assert.Single((await GetAsync($"/api/runs/{run.GetProperty("id").GetString()}/attempts")).EnumerateArray().ToArray());
        Assert.Equal("right", attempt.GetProperty("workerId").GetString());
        Assert.Contains("best.safetensors", run.GetProperty("artifacts").EnumerateArray().Select(file => file.GetProperty("name").GetString()));
        string written = string.Concat(_services.Select(service => service.Output + service.Errors));
        Assert.All((string[])[OwnerSecret, WorkerSecret, _secrets.Password], secret => Assert.DoesNotContain(secret, written, StringComparison.Ordinal));
    }

    private ServiceProcess StartWorker(string id, string token) => Start("GpuWorker", new()
    {
        ["Worker__Id"] = id,
        ["Worker__Device"] = "cpu",
        ["Worker__Threads"] = "1",
        ["Worker__HeartbeatSeconds"] = "0.5",
        ["Artifacts__Store"] = "http",
        ["Artifacts__Root"] = _folder[$"work-{id}"],
        ["services__orchestrator__https__0"] = _address,
        ["Access__Token"] = token,
    });

    private ServiceProcess Start(string project, Dictionary<string, string> settings)
    {
        settings["ConnectionStrings__rabbitmq"] = _broker.ConnectionString;
        settings["ConnectionStrings__redis"] = _redis.ConnectionString;
        settings["SSL_CERT_FILE"] = _secrets.Certificate;
        settings["Access__Mode"] = "tokens";
        ServiceProcess service = ServiceProcess.Start(project, settings, [], TestProcesses.Options);
        _services.Add(service);
        return service;
    }

    private HttpClient Client()
    {
        using X509Certificate2 expected = X509CertificateLoader.LoadCertificateFromFile(_secrets.Certificate);
        string thumbprint = expected.Thumbprint;
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == thumbprint };
        var client = new HttpClient(handler) { BaseAddress = new Uri(_address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OwnerSecret);
        return client;
    }

    private async Task<JsonElement> GetAsync(string path) => await _client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Cancelled);

    private Task UntilAsync(string path, Func<JsonElement, bool> isSo) => UntilAsync(async () =>
    {
        try
        {
            return isSo(await GetAsync(path));
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });

    /// <summary>The limit is for failing tests only.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSoAsync)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        while (!await isSoAsync())
        {
            await Task.Delay(100, limit.Token);
        }
    }
}
