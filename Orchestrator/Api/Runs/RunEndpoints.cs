using System.Text;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Groups;
using Experiments.Orchestrator.Runs.Views;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Runs;

internal static class RunEndpoints
{
    public static void MapRuns(this RouteGroupBuilder api)
    {
        RouteGroupBuilder ofSweep = api.MapGroup("/sweeps/{sweepId}").WithTags("Runs");
        ofSweep.MapGet("/runs", ListAsync).Fails(400, 404).WithSummary("Runs of a sweep: ?status=&filter=&ids=&sort=&skip=&take=");
        ofSweep.MapGet("/runs.csv", CsvAsync).Fails(400, 404).Sends("text/csv").WithSummary("Runs of a sweep as CSV: ?status=&filter=&ids=&sort=");
        ofSweep.MapGet("/runs.json", JsonAsync).Fails(400, 404).Produces<IReadOnlyList<RunView>>().WithSummary("All runs of a sweep as a JSON file: ?status=&filter=&ids=&sort=");
        ofSweep.MapGet("/runs/counts", CountAsync).Fails(400, 404).WithSummary("How many runs of a sweep stand where: ?status=&filter=&ids=");
        ofSweep.MapGet("/failures", FailuresAsync).Fails(404).WithSummary("Why runs of a sweep failed, by kind and message");
        ofSweep.MapGet("/names", NamesAsync).Fails(404).WithSummary("Metrics and tags that the runs of a sweep have");
        ofSweep.MapGet("/groups", GroupsAsync).Fails(400, 404).WithSummary("Runs by hyperparameters, with mean, deviation and best: ?by=&metric=&status=&filter=&sort=&skip=&take=&curve=&maxPoints=");
        ofSweep.MapGet("/curves", CurvesAsync).Fails(400, 404).WithSummary("One metric of many runs: ?ids=&metric=&maxPoints=&times=&attempts=");
        RouteGroupBuilder group = api.MapGroup("/runs").WithTags("Runs");
        group.MapGet("", SearchAsync).Fails(400).WithSummary("Runs of all sweeps that words are found in, the newest first: ?q=&take=");
        group.MapGet("/compare", CompareAsync).Fails(400, 404).WithSummary("Runs side by side: ?ids=&metrics=&maxPoints=&skipMissing=&times=&attempts=");
        group.MapBulk();
        group.MapGet("/{id}", GetAsync).Fails(404).WithSummary("One run");
        group.MapGet("/{id}/neighbors", NeighborsAsync).Fails(400, 404).WithSummary("The runs before and after it in a list of its sweep's runs: ?status=&filter=&sort=");
        group.MapPatch("/{id}", AnnotateAsync).TakesJsonOrYaml().Fails(400, 404, 413, 415).WithSummary("Rename a run, or change its tags and notes: { name, tags, notes }");
        group.MapGet("/{id}/attempts", AttemptsAsync).Fails(404).WithSummary("Each try of a run");
        group.MapPost("/{id}/cancel", CancelAsync).Fails(404, 409).WithSummary("End a run");
        group.MapPost("/{id}/retry", RetryAsync).Fails(404, 409).WithSummary("Try a failed or cancelled run again");
    }

    private static async Task<Ok<Page<RunView>>> ListAsync(string sweepId, HttpRequest request, RunLists runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.ListAsync(sweepId, request.Query, cancellationToken));

    private static async Task<Ok<RunCounts>> CountAsync(string sweepId, HttpRequest request, RunLists runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.CountAsync(sweepId, request.Query, cancellationToken));

    private static async Task<Ok<SweepFailures>> FailuresAsync(string sweepId, RunFailures failures, CancellationToken cancellationToken) =>
        TypedResults.Ok(await failures.ReadAsync(sweepId, cancellationToken));

    private static async Task<FileContentHttpResult> CsvAsync(
        string sweepId, HttpRequest request, RunLists runs, CancellationToken cancellationToken)
    {
        (string name, IReadOnlyList<RunView> all) = await runs.AllAsync(sweepId, request.Query, cancellationToken);
        return TypedResults.File(Encoding.UTF8.GetBytes(RunsCsv.Write(all)), "text/csv; charset=utf-8", $"{PlainName(name)}.csv");
    }

    private static async Task<FileContentHttpResult> JsonAsync(
        string sweepId, HttpRequest request, RunLists runs, CancellationToken cancellationToken)
    {
        (string name, IReadOnlyList<RunView> all) = await runs.AllAsync(sweepId, request.Query, cancellationToken);
        return TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(all, ContractJson.Options), "application/json", $"{PlainName(name)}.json");
    }

    private static string PlainName(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));

    private static async Task<Ok<RunNames>> NamesAsync(string sweepId, RunLists runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.NamesAsync(sweepId, cancellationToken));

    private static async Task<Ok<RunGroups>> GroupsAsync(string sweepId, HttpRequest request, RunGrouping grouping, CancellationToken cancellationToken) =>
        TypedResults.Ok(await grouping.GroupAsync(sweepId, request.Query, cancellationToken));

    private static async Task<Ok<IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>>> CurvesAsync(
        string sweepId, HttpRequest request, RunCurves curves, CancellationToken cancellationToken) =>
        TypedResults.Ok(await curves.ReadAsync(sweepId, request.Query, cancellationToken));

    private static async Task<Ok<IReadOnlyList<FoundRun>>> SearchAsync(HttpRequest request, RunSearch runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.FindAsync(request.Query, cancellationToken));

    private static async Task<Ok<RunNeighbors>> NeighborsAsync(string id, HttpRequest request, RunLists runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.NeighborsAsync(id, request.Query, cancellationToken));

    private static async Task<Ok<RunComparison>> CompareAsync(
        HttpRequest request, RunComparisons comparisons, CancellationToken cancellationToken) =>
        TypedResults.Ok(await comparisons.CompareAsync(ComparisonRequest.Read(request.Query), cancellationToken));

    private static async Task<Ok<RunView>> GetAsync(string id, RunViews runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.GetAsync(id, cancellationToken));

    private static async Task<Ok<RunView>> AnnotateAsync(
        string id, HttpRequest request, RunAnnotations annotations, RunViews runs, CancellationToken cancellationToken)
    {
        if (!Annotations.TryRead(await JsonBody.ReadAsync(request, cancellationToken), out RunChange? change, out IReadOnlyDictionary<string, string[]> errors))
        {
            throw ApiException.BadRequest(errors);
        }

        await annotations.ChangeAsync(id, change, cancellationToken);
        return await GetAsync(id, runs, cancellationToken);
    }

    private static async Task<Ok<IReadOnlyList<AttemptView>>> AttemptsAsync(string id, RunViews runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.AttemptsAsync(id, cancellationToken));

    private static async Task<Ok<RunView>> CancelAsync(string id, RunControl control, RunViews runs, CancellationToken cancellationToken)
    {
        await control.CancelAsync(id, cancellationToken);
        return await GetAsync(id, runs, cancellationToken);
    }

    private static async Task<Ok<RunView>> RetryAsync(string id, RunControl control, RunViews runs, CancellationToken cancellationToken)
    {
        await control.RetryAsync(id, cancellationToken);
        return await GetAsync(id, runs, cancellationToken);
    }
}
