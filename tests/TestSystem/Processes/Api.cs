using System.Net;
using System.Net.Http.Json;
using System.Text;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;

namespace Experiments.TestSystem.Processes;

/// <summary>The REST API as a script would use it.</summary>
public sealed class Api(string address, CancellationToken cancellationToken) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly HttpClient _http = new() { BaseAddress = new Uri(address) };

    public async Task<SweepView> LaunchAsync(string yaml)
    {
        using var content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        return await PostAsync<SweepView>("api/sweeps", content);
    }

    /// <param name="grid">The block <c>grid</c> as JSON.</param>
    public async Task<SweepView> ExtendAsync(string sweepId, string grid)
    {
        using var content = new StringContent($$"""{ "grid": {{grid}} }""", Encoding.UTF8, "application/json");
        return await PostAsync<SweepView>($"api/sweeps/{sweepId}/extend", content);
    }

    /// <param name="change"><c>pause</c>, <c>resume</c>, <c>cancel</c>.</param>
    public Task<SweepView> ChangeAsync(string sweepId, string change) => PostAsync<SweepView>($"api/sweeps/{sweepId}/{change}", null);

    /// <param name="change"><c>drain</c>, <c>readmit</c>.</param>
    public Task<WorkerView> ChangeWorkerAsync(string workerId, string change) => PostAsync<WorkerView>($"api/workers/{workerId}/{change}", null);

    /// <summary>Trains a run to its end, past the stopping rule of its sweep.</summary>
    public Task<RunView> PromoteAsync(string runId) => PostAsync<RunView>($"api/runs/{runId}/promote", null);

    public async Task<T> GetAsync<T>(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(path, cancellationToken);
        return await ReadAsync<T>(path, response);
    }

    public Task<SweepView> SweepAsync(string id) => GetAsync<SweepView>($"api/sweeps/{id}");

    public async Task<IReadOnlyList<RunView>> RunsAsync(string sweepId) =>
        (await GetAsync<Page<RunView>>($"api/sweeps/{sweepId}/runs?take=1000&sort=cell")).Items;

    public Task<IReadOnlyList<AttemptView>> AttemptsAsync(string runId) => GetAsync<IReadOnlyList<AttemptView>>($"api/runs/{runId}/attempts");

    public Task<Dictionary<string, List<SeriesPoint>>> MetricsAsync(string runId) => GetAsync<Dictionary<string, List<SeriesPoint>>>($"api/runs/{runId}/metrics");

    public Task<byte[]> ArtifactAsync(string runId, string name) => _http.GetByteArrayAsync($"api/runs/{runId}/artifacts/{name}", cancellationToken);

    /// <summary>Waits until the service is healthy.</summary>
    public Task ReadyAsync(TimeSpan limit) => UntilAsync(() => AnswersAsync("health"), limit, $"{address} did not become healthy");

    /// <summary>Waits until the service answers, healthy or not.</summary>
    public Task AliveAsync(TimeSpan limit) => UntilAsync(() => AnswersAsync("alive"), limit, $"{address} did not answer");

    /// <summary>The body of <c>/health</c>, regardless of the status code.</summary>
    public async Task<string> HealthAsync()
    {
        using HttpResponseMessage response = await _http.GetAsync("health", cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    public async Task<SweepView> EndedAsync(string sweepId, TimeSpan limit)
    {
        await UntilAsync(async () => (await SweepAsync(sweepId)).Status is not (SweepStatus.Running or SweepStatus.Paused), limit, $"sweep {sweepId} did not end");
        return await SweepAsync(sweepId);
    }

    /// <exception cref="TimeoutException">The condition was not met in time.</exception>
    public async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, string complaint)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > limit)
            {
                throw new TimeoutException($"{complaint} within {limit}");
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(path, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<T> PostAsync<T>(string path, HttpContent? content)
    {
        using HttpResponseMessage response = await _http.PostAsync(path, content, cancellationToken);
        return await ReadAsync<T>(path, response);
    }

    private async Task<T> ReadAsync<T>(string path, HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new ApiRefusedException(path, response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }

        return await response.Content.ReadFromJsonAsync<T>(ContractJson.Options, cancellationToken) ?? throw new InvalidOperationException($"{path}: empty answer");
    }
}

/// <summary>The API answered with an error.</summary>
public sealed class ApiRefusedException(string path, HttpStatusCode status, string body) : Exception($"{path}: {(int)status} {body}")
{
    public HttpStatusCode Status { get; } = status;
}
