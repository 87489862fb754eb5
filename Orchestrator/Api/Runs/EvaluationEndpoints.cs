using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Text;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Evaluation;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Models;
using Experiments.Orchestrator.Runs.Views;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Runs;

/// <summary>What the best weights of a run are worth, and what they make of a picture.</summary>
internal static class EvaluationEndpoints
{
    public static void MapEvaluation(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/runs/{id}").WithTags("Runs");
        group.MapGet("/evaluation", GetAsync).Fails(404).WithSummary("Confusion matrix, report and calibration of the best weights");
        group.MapGet("/evaluation/mistakes", MistakesAsync).Fails(404).WithSummary("The mistakes that the best weights were surest about, with pictures");
        RouteGroupBuilder compared = api.MapGroup("/runs/compare").WithTags("Runs");
        compared.MapGet("/classes", ClassesAsync).Fails(400).WithSummary("F1, precision or recall of each class of runs: ?ids=&measure=");
        compared.MapGet("/mistakes", SharedMistakesAsync).Fails(400, 404).WithSummary("The images that two runs both got wrong: ?ids=a,b&take=");
        group.MapPost("/predict", PredictAsync)
            .Fails(400, 404, 409, 413, 503)
            .TakesImage()
            .WithSummary("What the best weights take a picture for");
    }

    private static async Task<Ok<ClassComparison>> ClassesAsync(HttpRequest request, ClassComparisons comparisons, CancellationToken cancellationToken)
    {
        var query = new Query(request.Query);
        IReadOnlyList<string> ids = ComparisonRequest.ReadIds(query, 1, RunComparisons.MostRuns, anyText: true);
        ClassMeasure measure = query.Choice<ClassMeasure>("measure") ?? ClassMeasure.F1;
        query.ThrowIfInvalid();
        return TypedResults.Ok(await comparisons.CompareAsync(ids, measure, cancellationToken));
    }

    private static async Task<Ok<SharedMistakes>> SharedMistakesAsync(HttpRequest request, SharedMistakeFinder finder, CancellationToken cancellationToken)
    {
        var query = new Query(request.Query);
        IReadOnlyList<string> ids = ComparisonRequest.ReadIds(query, 2, 2, anyText: false);
        int take = query.Integer("take", 0, SharedMistakeFinder.MostTake) ?? SharedMistakeFinder.DefaultTake;
        query.ThrowIfInvalid();
        return TypedResults.Ok(await finder.FindAsync(ids[0], ids[1], take, cancellationToken));
    }

    private static async Task<Ok<EvaluationReport>> GetAsync(string id, EvaluationFiles files, CancellationToken cancellationToken) =>
        TypedResults.Ok(Composed(await files.ReadAsync<EvaluationReport>(id, ArtifactNames.Evaluation, cancellationToken)));

    /// <summary>Runs of earlier versions named classes as the file system did.</summary>
    private static EvaluationReport Composed(EvaluationReport report) => report with
    {
        Classes = [.. report.Classes.Select(Nfc.Of)],
        Report = [.. report.Report.Select(entry => entry with { Class = Nfc.Of(entry.Class) })],
    };

    private static async Task<Ok<IReadOnlyList<Mistake>>> MistakesAsync(string id, EvaluationFiles files, CancellationToken cancellationToken) =>
        TypedResults.Ok(await files.ReadAsync<IReadOnlyList<Mistake>>(id, ArtifactNames.Mistakes, cancellationToken));

    private static async Task<Ok<PredictionView>> PredictAsync(
        string id, HttpRequest request, EvaluationFiles files, ModelRequests workers, CancellationToken cancellationToken)
    {
        (string runId, int attempt) = await files.FindBestWeightsAsync(id, cancellationToken);
        byte[] image = await UploadedImage.ReadAsync(request, cancellationToken);
        return TypedResults.Ok(await workers.AskAsync<PredictImage, PredictionView>(new PredictImage(runId, attempt, image), cancellationToken));
    }
}
