using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.Dashboard.Sessions;
using Experiments.ServiceDefaults.Access;

namespace Experiments.Dashboard.Api;

/// <summary>The Orchestrator's REST API, typed. Every call throws <see cref="OrchestratorException"/> when it does not succeed.</summary>
/// <param name="session">The user in whose name calls are made; null where callers are not identified.</param>
public sealed partial class OrchestratorClient(HttpClient http, Session? session = null)
{
    public Task<Page<SweepView>> GetSweepsAsync(SweepsQuery query, CancellationToken cancellationToken) =>
        GetAsync<Page<SweepView>>(
            QueryText.With(
                "api/sweeps",
                ("status", query.Status), ("tag", query.Tag), ("q", query.Words), ("archived", query.Archived is { } archived ? (archived ? "true" : "false") : null),
                ("sort", query.Sort), ("skip", Text(query.Skip)), ("take", Text(query.Take))),
            cancellationToken);

    public Task<SweepView> GetSweepAsync(string id, CancellationToken cancellationToken) =>
        GetAsync<SweepView>($"api/sweeps/{Escape(id)}", cancellationToken);

    public Task<Page<RunView>> GetRunsAsync(string sweepId, RunsQuery query, CancellationToken cancellationToken) =>
        GetAsync<Page<RunView>>(
            QueryText.With(
                $"api/sweeps/{Escape(sweepId)}/runs",
                ("status", query.Status), ("filter", query.Filter), ("ids", query.Ids), ("sort", query.Sort), ("skip", Text(query.Skip)), ("take", Text(query.Take))),
            cancellationToken);

    /// <summary>Launches a sweep given in the form of a sweep file.</summary>
    public Task<SweepView> LaunchAsync(JsonElement spec, CancellationToken cancellationToken) =>
        SendAsync<SweepView>(HttpMethod.Post, "api/sweeps", JsonContent.Create(spec), cancellationToken);

    /// <summary>Like <see cref="LaunchAsync"/>, but returns a sweep with the same content that has not ended yet.</summary>
    public Task<SweepView> LaunchOrContinueAsync(JsonElement spec, CancellationToken cancellationToken) =>
        SendAsync<SweepView>(HttpMethod.Post, "api/sweeps?continue=true", JsonContent.Create(spec), cancellationToken);

    public Task<SweepPreview> PreviewAsync(JsonElement spec, CancellationToken cancellationToken) =>
        SendAsync<SweepPreview>(HttpMethod.Post, "api/sweeps/preview", JsonContent.Create(spec), cancellationToken);

    /// <summary>Adds values to axes.</summary>
    /// <param name="extension">The content of an <see cref="ExtendSweep"/>.</param>
    public Task<SweepView> ExtendAsync(string sweepId, JsonElement extension, CancellationToken cancellationToken) =>
        SendAsync<SweepView>(HttpMethod.Post, $"api/sweeps/{Escape(sweepId)}/extend", JsonContent.Create(extension), cancellationToken);

    /// <summary>What <see cref="ExtendAsync"/> would do.</summary>
    public Task<SweepPreview> PreviewExtensionAsync(string sweepId, JsonElement extension, CancellationToken cancellationToken) =>
        SendAsync<SweepPreview>(HttpMethod.Post, $"api/sweeps/{Escape(sweepId)}/extend/preview", JsonContent.Create(extension), cancellationToken);

    /// <summary>A preview of augmented training images.</summary>
    /// <param name="request"><c>{ augmentation, dataset, imageSize, seed }</c> as in a sweep file.</param>
    public Task<AugmentationPreview> PreviewAugmentationAsync(JsonElement request, CancellationToken cancellationToken) =>
        SendAsync<AugmentationPreview>(HttpMethod.Post, "api/augmentations/preview", JsonContent.Create(request), cancellationToken);

    public Task<SweepView> ActAsync(string sweepId, SweepAction action, CancellationToken cancellationToken) =>
        SendAsync<SweepView>(HttpMethod.Post, $"api/sweeps/{Escape(sweepId)}/{SweepActions.PathOf(action)}", null, cancellationToken);

    public Task<RunView> GetRunAsync(string id, CancellationToken cancellationToken) =>
        GetAsync<RunView>($"api/runs/{Escape(id)}", cancellationToken);

    public Task<IReadOnlyList<AttemptView>> GetAttemptsAsync(string runId, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<AttemptView>>($"api/runs/{Escape(runId)}/attempts", cancellationToken);

    /// <summary>The pretrained weights of a run; null if it has not loaded any (yet).</summary>
    public async Task<Initialization?> FindInitializationAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync<Initialization>($"api/runs/{Escape(runId)}/initialization", cancellationToken);
        }
        catch (OrchestratorException problem) when (problem.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>The curves of one run, by metric.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>> GetMetricsAsync(
        string runId, int maxPoints, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>>(
            QueryText.With($"api/runs/{Escape(runId)}/metrics", ("maxPoints", Text(maxPoints)), ("attempts", "true")), cancellationToken);

    public Task<RunView> CancelRunAsync(string id, CancellationToken cancellationToken) =>
        SendAsync<RunView>(HttpMethod.Post, $"api/runs/{Escape(id)}/cancel", null, cancellationToken);

    public Task<RunView> RetryRunAsync(string id, CancellationToken cancellationToken) =>
        SendAsync<RunView>(HttpMethod.Post, $"api/runs/{Escape(id)}/retry", null, cancellationToken);

    /// <summary>Trains a run to its last epoch, past the stopping rule of its sweep.</summary>
    public Task<RunView> PromoteRunAsync(string id, CancellationToken cancellationToken) =>
        SendAsync<RunView>(HttpMethod.Post, $"api/runs/{Escape(id)}/promote", null, cancellationToken);

    public Task<IReadOnlyList<WorkerView>> GetWorkersAsync(CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<WorkerView>>("api/workers", cancellationToken);

    public Task<WorkerView> DrainAsync(string workerId, CancellationToken cancellationToken) =>
        SendAsync<WorkerView>(HttpMethod.Post, $"api/workers/{Escape(workerId)}/drain", null, cancellationToken);

    public Task<WorkerView> ReadmitAsync(string workerId, CancellationToken cancellationToken) =>
        SendAsync<WorkerView>(HttpMethod.Post, $"api/workers/{Escape(workerId)}/readmit", null, cancellationToken);

    /// <summary>Opens the stream of <see cref="ChangeEvent"/>s; the caller disposes the response.</summary>
    public Task<HttpResponseMessage> OpenEventsAsync(CancellationToken cancellationToken) =>
        OpenAsync(new HttpRequestMessage(HttpMethod.Get, "api/events"), cancellationToken);

    /// <summary>Sends a request and returns when the response headers arrive; the caller disposes the response.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (session?.Token is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (session.Address is { } address)
            {
                request.Headers.Add(AccessClaims.UserAddressHeader, address);
            }
        }

        HttpResponseMessage response = await TranslateAsync(
            () => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                session?.End();
            }

            throw await ProblemReader.ReadAsync(response, cancellationToken);
        }
    }

    private Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using HttpResponseMessage response = await OpenAsync(request, cancellationToken);
        return await TranslateAsync(
            async () => await response.Content.ReadFromJsonAsync<T>(ContractJson.Options, cancellationToken)
                ?? throw new JsonException("the answer is empty"),
            cancellationToken);
    }

    private static async Task<T> TranslateAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new OrchestratorException("The Orchestrator does not answer.", null, inner: exception);
        }
        catch (JsonException exception)
        {
            throw new OrchestratorException($"The Orchestrator's answer cannot be read: {exception.Message}", System.Net.HttpStatusCode.OK, inner: exception);
        }
    }

    private static string Escape(string segment) => Uri.EscapeDataString(segment);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
