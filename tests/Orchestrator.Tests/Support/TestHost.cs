using System.Text;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Health;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Experiments.Orchestrator.Tests.Support;

/// <summary>A complete Orchestrator over real Kestrel, SQLite and the in-memory bus, on its own folder.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestHost(WebApplication app, HttpClient client)
    {
        _app = app;
        Client = client;
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <param name="folder">The data folder.</param>
    /// <param name="time">The clock; the system clock by default.</param>
    /// <param name="settings">Additional configuration.</param>
    /// <param name="addConsumers">Registers the test's own consumers.</param>
    /// <param name="isDurable">Makes the Orchestrator assume that messages, and so workers, survive its restart.</param>
    public static async Task<TestHost> StartAsync(
        TempFolder folder,
        TimeProvider? time = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IBusRegistrationConfigurator>? addConsumers = null,
        bool isDurable = false)
    {
        EmptyDatabases.CopyTo(folder);
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Storage:Root"] = folder.Path });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.AddServiceDefaults();
        builder.AddMetricStream();
        builder.AddArtifactStore();
        builder.AddMessageBus(bus =>
        {
            bus.AddOrchestratorConsumers();
            addConsumers?.Invoke(bus);
        });
        if (isDurable)
        {
            builder.Services.AddSingleton<IMessageBusInfo>(new DurableBus());
        }

        builder.AddOrchestrator();
        WebApplication app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapOrchestrator();
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new TestHost(app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public Task<HttpResponseMessage> PostAsync(string path, string? body = null, string contentType = "application/yaml") =>
        Client.PostAsync(
            new Uri(path, UriKind.Relative),
            body is null ? null : new StringContent(body, Encoding.UTF8, contentType),
            TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> GetAsync(string path) =>
        Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Expects success and reads the answer.</summary>
    public async Task<T> GetAsync<T>(string path) => await ReadAsync<T>(await GetAsync(path));

    /// <summary>Expects success and reads the answer.</summary>
    public async Task<T> PostAsync<T>(string path, string? body = null, string contentType = "application/yaml") =>
        await ReadAsync<T>(await PostAsync(path, body, contentType));

    public Task<SweepView> UntilAsync(string sweepId, Func<SweepView, bool> isSo) =>
        TestTimeout.UntilAsync(() => GetAsync<SweepView>($"/api/sweeps/{sweepId}"), isSo);

    public Task<RunView> UntilRunAsync(string runId, Func<RunView, bool> isSo) =>
        TestTimeout.UntilAsync(() => GetAsync<RunView>($"/api/runs/{runId}"), isSo);

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<T>(text, ContractJson.Options)!;
    }

    private sealed class DurableBus : IMessageBusInfo
    {
        public bool IsDurable => true;
    }
}
