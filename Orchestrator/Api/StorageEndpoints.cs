using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Maintenance;
using Experiments.ServiceDefaults.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api;

internal static class StorageEndpoints
{
    public static void MapStorage(this RouteGroupBuilder api)
    {
        RouteGroupBuilder storage = api.MapGroup("/storage").WithTags("Storage");
        storage.MapGet("", ReadAsync).WithName("GetStorage").WithSummary("What takes room: files, databases, and each sweep");
        storage.MapPost("/compact", CompactAsync).For(AccessPolicies.Owner).WithName("CompactStorage").Fails(507).WithSummary("Give the room that deleted runs left in the databases back to the disk");
    }

    private static async Task<Ok<StorageView>> ReadAsync(StorageReports reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reports.ReadAsync(cancellationToken));

    private static async Task<Ok<StorageView>> CompactAsync(
        StorageCompaction compaction, StorageReports reports, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        // It may take longer than the caller waits.
        await compaction.CompactAsync(lifetime.ApplicationStopping);
        return TypedResults.Ok(await reports.ReadAsync(cancellationToken));
    }
}
