using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Text;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Evaluation;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Models;
using Experiments.Orchestrator.Runs.Views;
using Experiments.ServiceDefaults.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Runs;

/// <summary>Evaluations of the best weights of runs, and predictions for uploaded images.</summary>
internal static class EvaluationEndpoints
{
    public static void MapEvaluation(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/runs/{id}").WithTags("Runs");
        group.MapGet("/evaluation", GetAsync).WithName("GetEvaluation").Fails(404).WithSummary("Confusion matrix, report and calibration of the best weights");
        group.MapGet("/evaluation/mistakes", MistakesAsync).WithName("ListMistakes").Fails(404).WithSummary("The mistakes that the best weights were most confident about, with images");
        RouteGroupBuilder compared = api.MapGroup("/runs/compare").WithTags("Runs");
        compared.MapGet("/classes", ClassesAsync).WithName("CompareClasses").Fails(400).WithSummary("F1, precision or recall of each class of runs");
        compared.MapGet("/mistakes", SharedMistakesAsync).WithName("FindSharedMistakes").Fails(400, 404).WithSummary("The images that two runs both got wrong");
        group.MapPost("/predict", PredictAsync)
            .For(AccessPolicies.Viewer)
            .WithName("PredictImage")
            .Fails(400, 404, 409, 413, 502, 503)
            .WithSummary("Predict the class of an image with the best weights");
    }

    private static async Task<Ok<ClassComparison>> ClassesAsync(Query<ClassComparisonParameters> query, ClassComparisons comparisons, CancellationToken cancellationToken)
    {
        ClassComparisonParameters asked = query.Values;
        ComparedIds.Check(asked, asked.Ids.Values, 1, RunComparisons.MostRuns, anyText: true);
        asked.ThrowIfInvalid();
        return TypedResults.Ok(await comparisons.CompareAsync(asked.Ids.Values, asked.Measure, cancellationToken));
    }

    private static async Task<Ok<SharedMistakes>> SharedMistakesAsync(
        Query<SharedMistakesParameters> query, SharedMistakeFinder finder, CancellationToken cancellationToken)
    {
        SharedMistakesParameters asked = query.Values;
        ComparedIds.Check(asked, asked.Ids.Values, 2, 2, anyText: false);
        asked.ThrowIfInvalid();
        return TypedResults.Ok(await finder.FindAsync(asked.Ids.Values[0], asked.Ids.Values[1], asked.Take, cancellationToken));
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
        string id, UploadedImage picture, EvaluationFiles files, ModelRequests workers, CancellationToken cancellationToken)
    {
        (string runId, int attempt) = await files.FindBestWeightsAsync(id, cancellationToken);
        byte[] image = await picture.ReadAsync(cancellationToken);
        return TypedResults.Ok(await workers.AskAsync<PredictImage, PredictionView>(new PredictImage(runId, attempt, image), cancellationToken));
    }
}
