using System.Net;
using System.Net.Http.Json;
using System.Text;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;

namespace Experiments.EndToEnd.Tests.Processes;

/// <summary>The REST API as a script would use it.</summary>
internal sealed class Api(string address) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly HttpClient _http = new() { BaseAddress = new Uri(address) };

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public async Task<SweepView> LaunchAsync(string yaml)
    {
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using HttpResponseMessage response = await _http.PostAsync("api/sweeps", content, CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(CancellationToken));
        return await ReadAsync<SweepView>(response);
    }

    public async Task<T> GetAsync<T>(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(path, CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync(CancellationToken)}");
        return await ReadAsync<T>(response);
    }

    public Task<SweepView> SweepAsync(string id) => GetAsync<SweepView>($"api/sweeps/{id}");

    public async Task<IReadOnlyList<RunView>> RunsAsync(string sweepId) =>
        (await GetAsync<Page<RunView>>($"api/sweeps/{sweepId}/runs?take=1000&sort=cell")).Items;

    public Task<IReadOnlyList<AttemptView>> AttemptsAsync(string runId) => GetAsync<IReadOnlyList<AttemptView>>($"api/runs/{runId}/attempts");

    public Task<Dictionary<string, List<SeriesPoint>>> MetricsAsync(string runId) => GetAsync<Dictionary<string, List<SeriesPoint>>>($"api/runs/{runId}/metrics");

    public Task<byte[]> ArtifactAsync(string runId, string name) => _http.GetByteArrayAsync($"api/runs/{runId}/artifacts/{name}", CancellationToken);

    /// <summary>Waits until the service says that all is well.</summary>
    public Task ReadyAsync(TimeSpan limit) => UntilAsync(() => AnswersAsync("health"), limit, $"{address} did not become healthy");

    /// <summary>Waits until the service answers, well or not.</summary>
    public Task AliveAsync(TimeSpan limit) => UntilAsync(() => AnswersAsync("alive"), limit, $"{address} did not answer");

    /// <summary>What <c>/health</c> says, whatever the status.</summary>
    public async Task<string> HealthAsync()
    {
        using HttpResponseMessage response = await _http.GetAsync("health", CancellationToken);
        return await response.Content.ReadAsStringAsync(CancellationToken);
    }

    private async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(path, CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<SweepView> EndedAsync(string sweepId, TimeSpan limit)
    {
        await UntilAsync(async () => (await SweepAsync(sweepId)).Status is not (SweepStatus.Running or SweepStatus.Paused), limit, $"sweep {sweepId} did not end");
        return await SweepAsync(sweepId);
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, string complaint)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < limit, $"{complaint} within {limit}");
            await Task.Delay(Interval, CancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<T>(ContractJson.Options, CancellationToken) ?? throw new InvalidOperationException("empty answer");
}
