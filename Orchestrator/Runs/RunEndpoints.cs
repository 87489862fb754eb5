using System.Text;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Runs;

internal static class RunEndpoints
{
    public static void MapRuns(this RouteGroupBuilder api)
    {
        RouteGroupBuilder ofSweep = api.MapGroup("/sweeps/{sweepId}").WithTags("Runs");
        ofSweep.MapGet("/runs", ListAsync).Fails(400, 404).WithSummary("Runs of a sweep: ?status=&sort=&skip=&take=");
        ofSweep.MapGet("/runs.csv", CsvAsync).Fails(400, 404).WithSummary("Runs of a sweep as CSV: ?status=&sort=");
        RouteGroupBuilder group = api.MapGroup("/runs").WithTags("Runs");
        group.MapGet("/compare", CompareAsync).Fails(400, 404).WithSummary("Runs side by side: ?ids=&metrics=&maxPoints=");
        group.MapGet("/{id}", GetAsync).Fails(404).WithSummary("One run");
        group.MapGet("/{id}/attempts", AttemptsAsync).Fails(404).WithSummary("Each try of a run");
        group.MapPost("/{id}/cancel", CancelAsync).Fails(404, 409).WithSummary("End a run");
        group.MapPost("/{id}/retry", RetryAsync).Fails(404, 409).WithSummary("Try a failed or cancelled run again");
    }

    private static async Task<Ok<Page<RunView>>> ListAsync(string sweepId, HttpRequest request, RunLists runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await runs.ListAsync(sweepId, request.Query, cancellationToken));

    private static async Task<FileContentHttpResult> CsvAsync(
        string sweepId, HttpRequest request, RunLists runs, CancellationToken cancellationToken)
    {
        (string name, IReadOnlyList<RunView> all) = await runs.AllAsync(sweepId, request.Query, cancellationToken);
        string plainName = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
        return TypedResults.File(Encoding.UTF8.GetBytes(RunsCsv.Write(all)), "text/csv; charset=utf-8", $"{plainName}.csv");
    }

    private static async Task<Ok<RunComparison>> CompareAsync(
        HttpRequest request, RunComparisons comparisons, CancellationToken cancellationToken)
    {
        var query = new Query(request.Query);
        IReadOnlyList<string> ids = query.Texts("ids");
        string[] malformed = [.. ids.Where(id => !EntityId.IsWellFormed(id))];
        if (ids.Count is 0 or > RunComparisons.MostRuns || malformed.Length > 0)
        {
            string what = malformed.Length > 0 ? "not an id" : $"{ids.Count} ids";
            query.Refuse("ids", $"{what}: \"{Query.Shorten(string.Join(',', malformed.Length > 0 ? malformed : ids))}\"; allowed: 1 to {RunComparisons.MostRuns} ids of runs, separated by commas");
        }

        int? maxPoints = query.MaxPoints();
        query.ThrowIfInvalid();
        return TypedResults.Ok(await comparisons.CompareAsync(ids, query.Texts("metrics"), maxPoints, cancellationToken));
    }

    private static async Task<Ok<RunView>> GetAsync(string id, RunViews runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(RunViews.Show(await runs.FindAsync(id, cancellationToken)));

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
