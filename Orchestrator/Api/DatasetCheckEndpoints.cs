using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
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
        group.MapPost("", Start).WithName("StartDatasetCheck").Fails(400, 404, 409, 422).WithSummary("Begins to check that every image can be read, unless that is under way");
        group.MapGet("", Get).WithName("GetDatasetCheck").Fails(400, 404, 422).WithSummary("The progress of the check, or its result");
        group.MapDelete("", Cancel).WithName("CancelDatasetCheck").Fails(400, 404, 422).WithSummary("Ends the check");
    }

    private static Accepted<DatasetCheckView> Start(
        [AsParameters] DatasetAccess access, Query<DatasetParameters> query, DatasetChecks checks, CancellationToken cancellationToken)
    {
        DatasetSpec dataset = access.Require(query.Values);
        return access.Folders.WhyUnusable(dataset, cancellationToken) is { } problem
            ? throw DatasetProblems.Unusable(problem)
            : TypedResults.Accepted((string?)null, checks.Start(dataset));
    }

    private static Ok<DatasetCheckView> Get([AsParameters] DatasetAccess access, Query<DatasetParameters> query, DatasetChecks checks) =>
        TypedResults.Ok(checks.Find(access.Require(query.Values)) ?? throw None());

    private static Ok<DatasetCheckView> Cancel([AsParameters] DatasetAccess access, Query<DatasetParameters> query, DatasetChecks checks) =>
        TypedResults.Ok(checks.Cancel(access.Require(query.Values)) ?? throw None());

    private static ApiException None() =>
        ApiException.Missing("There is no check.", "this data set has not been checked, or not lately; POST begins a check");
}
