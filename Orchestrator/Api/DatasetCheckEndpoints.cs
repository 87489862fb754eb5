using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Datasets;
using Experiments.Orchestrator.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api;

/// <summary>Checks of all images of a data set: one at a time per folder, shared by all callers.</summary>
internal static class DatasetCheckEndpoints
{
    public static void MapDatasetChecks(this RouteGroupBuilder datasets)
    {
        RouteGroupBuilder group = datasets.MapGroup("/{name}/check");
        group.MapPost("", Start).Fails(400, 404, 409, 422).WithSummary("Begins to check that every image can be read, unless that is under way: ?path=");
        group.MapGet("", Get).Fails(400, 404, 422).WithSummary("How far the check has come, or what came of it: ?path=");
        group.MapDelete("", Cancel).Fails(400, 404, 422).WithSummary("Ends the check: ?path=");
    }

    private static Accepted<DatasetCheckView> Start(
        string name, HttpRequest request, DatasetProbe folders, DatasetChecks checks, CancellationToken cancellationToken)
    {
        DatasetSpec dataset = DatasetEndpoints.Read(name, request, folders);
        return folders.WhyUnusable(dataset, cancellationToken) is { } problem
            ? throw DatasetProblems.Unusable(problem)
            : TypedResults.Accepted((string?)null, checks.Start(dataset));
    }

    private static Ok<DatasetCheckView> Get(string name, HttpRequest request, DatasetProbe folders, DatasetChecks checks) =>
        TypedResults.Ok(checks.Find(DatasetEndpoints.Read(name, request, folders)) ?? throw None());

    private static Ok<DatasetCheckView> Cancel(string name, HttpRequest request, DatasetProbe folders, DatasetChecks checks) =>
        TypedResults.Ok(checks.Cancel(DatasetEndpoints.Read(name, request, folders)) ?? throw None());

    private static ApiException None() =>
        ApiException.Missing("There is no check.", "this data set has not been checked, or not lately; POST begins a check");
}
