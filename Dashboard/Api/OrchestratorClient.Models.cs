using System.Net.Http.Headers;
using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;

namespace Experiments.Dashboard.Api;

/// <content>Models: their layers, and evaluations of trained ones.</content>
public sealed partial class OrchestratorClient
{
    public Task<IReadOnlyList<ModelInfo>> GetModelsAsync(CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<ModelInfo>>("api/models", cancellationToken);

    /// <summary>The network that a run trains.</summary>
    public Task<ModelSummary> GetRunModelAsync(string runId, CancellationToken cancellationToken) =>
        GetAsync<ModelSummary>($"api/runs/{Escape(runId)}/model", cancellationToken);

    /// <param name="classes">Null for the default, as are the others.</param>
    public Task<ModelSummary> GetModelAsync(
        string name, int? classes, int? imageSize, bool? smallInput, CancellationToken cancellationToken) =>
        GetAsync<ModelSummary>(
            QueryText.With(
                $"api/models/{Escape(name)}",
                ("classes", classes is { } count ? Text(count) : null),
                ("imageSize", imageSize is { } size ? Text(size) : null),
                ("smallInput", smallInput is { } small ? (small ? "true" : "false") : null)),
            cancellationToken);

    public Task<EvaluationReport> GetEvaluationAsync(string runId, CancellationToken cancellationToken) =>
        GetAsync<EvaluationReport>($"api/runs/{Escape(runId)}/evaluation", cancellationToken);

    public Task<IReadOnlyList<Mistake>> GetMistakesAsync(string runId, CancellationToken cancellationToken) =>
        GetAsync<IReadOnlyList<Mistake>>($"api/runs/{Escape(runId)}/evaluation/mistakes", cancellationToken);

    /// <summary>The prediction of a run's best weights for an image.</summary>
    /// <param name="image">The content of a file.</param>
    public async Task<PredictionView> PredictAsync(string runId, byte[] image, CancellationToken cancellationToken)
    {
        using var file = new ByteArrayContent(image);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent { { file, "image", "image" } };
        return await SendAsync<PredictionView>(HttpMethod.Post, $"api/runs/{Escape(runId)}/predict", form, cancellationToken);
    }
}
