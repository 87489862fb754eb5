using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Filters;
using Experiments.Orchestrator.Runs.Groups;
using Experiments.Orchestrator.Runs.Views;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Runs;

internal static class RunEndpoints
{
    public static void MapRuns(this RouteGroupBuilder api)
    {
        RouteGroupBuilder ofSweep = api.MapGroup("/sweeps/{sweepId}").WithTags("Runs");
        ofSweep.MapGet("/runs", ListAsync).WithName("ListRuns").Fails(400, 404).WithSummary("Runs of a sweep");
        ofSweep.MapGet("/runs.csv", CsvAsync).WithName("DownloadRunsCsv").Fails(400, 404).Sends("text/csv").WithSummary("Runs of a sweep as CSV");
        ofSweep.MapGet("/runs.json", JsonAsync).WithName("DownloadRunsJson").Fails(400, 404).Produces<IReadOnlyList<RunView>>().WithSummary("All runs of a sweep as a JSON file");
        ofSweep.MapGet("/runs/counts", CountAsync).WithName("CountRuns").Fails(400, 404).WithSummary("How many runs of a sweep stand where");
        ofSweep.MapGet("/failures", FailuresAsync).WithName("GetSweepFailures").Fails(404).WithSummary("Why runs of a sweep failed, by kind and message");
        ofSweep.MapGet("/names", NamesAsync).WithName("GetRunNames").Fails(404).WithSummary("Metrics and tags that the runs of a sweep have");
        ofSweep.MapGet("/groups", GroupsAsync).WithName("GroupRuns").Fails(400, 404).WithSummary("Runs by hyperparameters, with mean, deviation and best");
        ofSweep.MapGet("/curves", CurvesAsync).WithName("GetRunCurves").Fails(400, 404).WithSummary("One metric of many runs");
        RouteGroupBuilder group = api.MapGroup("/runs").WithTags("Runs");
        group.MapGet("", SearchAsync).WithName("SearchRuns").Fails(400).WithSummary("Runs of all sweeps that words are found in, the newest first");
        group.MapGet("/compare", CompareAsync).WithName("CompareRuns").Fails(400, 404).WithSummary("Runs side by side");
        group.MapBulk();
        group.MapGet("/{id}", GetAsync).WithName("GetRun").Fails(404).WithSummary("One run");
        group.MapGet("/{id}/neighbors", NeighborsAsync).WithName("GetRunNeighbors").Fails(400, 404).WithSummary("The runs before and after it in a list of its sweep's runs");
        group.MapPatch("/{id}", AnnotateAsync).WithName("AnnotateRun").Fails(400, 404, 413, 415).WithSummary("Rename a run, or change its tags and notes; what is left out stays");
        group.MapGet("/{id}/attempts", AttemptsAsync).WithName("ListRunAttempts").Fails(404).WithSummary("Each try of a run");
        group.MapPost("/{id}/cancel", CancelAsync).WithName("CancelRun").Fails(404, 409).WithSummary("End a run");
        group.MapPost("/{id}/promote", PromoteAsync).WithName("PromoteRun").Fails(400, 404, 409, 413, 415).WithSummary("Train a run past the sweep's stopping rule");
        group.MapPost("/{id}/retry", RetryAsync).WithName("RetryRun").Fails(404, 409).WithSummary("Try a failed or cancelled run again");
    }

    private static async Task<Ok<Page<RunView>>> ListAsync(string sweepId, Query<RunListParameters> query, RunLists runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.ListAsync(sweepId, query.Values, cancellationToken));

    private static async Task<Ok<RunCounts>> CountAsync(string sweepId, Query<RunSelectionParameters> query, RunLists runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.CountAsync(sweepId, query.Values, cancellationToken));

    private static async Task<Ok<SweepFailures>> FailuresAsync(string sweepId, RunFailures failures, CancellationToken cancellationToken) =>
        TypedResults.Ok(await failures.ReadAsync(sweepId, cancellationToken));

    private static async Task<FileContentHttpResult> CsvAsync(
        string sweepId, Query<RunExportParameters> query, RunLists runs, CancellationToken cancellationToken)
    {
        (string name, IReadOnlyList<RunView> all) = await runs.AllAsync(sweepId, query.Values, cancellationToken);
        using var csv = new MemoryStream();
        RunsCsv.Write(csv, all);
        return TypedResults.File(csv.ToArray(), "text/csv; charset=utf-8", $"{PlainName(name)}.csv");
    }

    private static async Task<FileContentHttpResult> JsonAsync(
        string sweepId, Query<RunExportParameters> query, RunLists runs, CancellationToken cancellationToken)
    {
        (string name, IReadOnlyList<RunView> all) = await runs.AllAsync(sweepId, query.Values, cancellationToken);
        return TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(all, ContractJson.Options), "application/json", $"{PlainName(name)}.json");
    }

    private static string PlainName(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));

    private static async Task<Ok<RunNames>> NamesAsync(string sweepId, RunLists runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.NamesAsync(sweepId, cancellationToken));

    private static async Task<Ok<RunGroups>> GroupsAsync(string sweepId, Query<GroupParameters> query, RunGrouping grouping, CancellationToken cancellationToken) =>
        TypedResults.Ok(await grouping.GroupAsync(sweepId, query.Values, cancellationToken));

    private static async Task<Ok<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>>> CurvesAsync(
        string sweepId, Query<RunCurvesParameters> query, RunCurves curves, CancellationToken cancellationToken) =>
        TypedResults.Ok(await curves.ReadAsync(sweepId, query.Values, cancellationToken));

    private static async Task<Ok<IReadOnlyList<FoundRun>>> SearchAsync(Query<RunSearchParameters> query, RunSearch runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.FindAsync(query.Values, cancellationToken));

    private static async Task<Ok<RunNeighbors>> NeighborsAsync(string id, Query<SortedRunsParameters> query, RunLists runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.NeighborsAsync(id, query.Values, cancellationToken));

    private static async Task<Ok<RunComparison>> CompareAsync(
        Query<ComparisonParameters> query, RunComparisons comparisons, CancellationToken cancellationToken) =>
        TypedResults.Ok(await comparisons.CompareAsync(query.Values, cancellationToken));

    private static async Task<Ok<RunView>> GetAsync(string id, RunViews runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.GetAsync(id, cancellationToken));

    private static async Task<Ok<RunView>> AnnotateAsync(
        string id, JsonBody<RunChange> body, RunAnnotations annotations, RunViews runs, CancellationToken cancellationToken)
    {
        await annotations.ChangeAsync(id, await body.ReadAsync<RunChange>(Annotations.TryRead, cancellationToken), cancellationToken);
        return await GetAsync(id, runs, cancellationToken);
    }

    private static async Task<Ok<IReadOnlyList<AttemptView>>> AttemptsAsync(string id, RunViews runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.AttemptsAsync(id, cancellationToken));

    private static async Task<Ok<RunView>> CancelAsync(string id, RunControl control, RunViews runs, CancellationToken cancellationToken)
    {
        await control.CancelAsync(id, cancellationToken);
        return await GetAsync(id, runs, cancellationToken);
    }

    private static async Task<Ok<RunView>> PromoteAsync(
        string id, JsonBody<PromoteRun> body, RunControl control, RunViews runs, CancellationToken cancellationToken)
    {
        PromoteRun promotion = body.IsMissing ? new PromoteRun() : await body.ReadAsync<PromoteRun>(PromoteRunReader.TryRead, cancellationToken);
        await control.PromoteAsync(id, promotion.Epochs, cancellationToken);
        return await GetAsync(id, runs, cancellationToken);
    }

    private static async Task<Ok<RunView>> RetryAsync(string id, RunControl control, RunViews runs, CancellationToken cancellationToken)
    {
        await control.RetryAsync(id, cancellationToken);
        return await GetAsync(id, runs, cancellationToken);
    }
}
