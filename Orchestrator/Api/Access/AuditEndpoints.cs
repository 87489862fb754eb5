using Experiments.Contracts.Api;
using Experiments.Orchestrator.Audit;
using Experiments.Orchestrator.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Access;

/// <summary>The audit log.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("").WithTags("Access");
        group.MapGet("/audit", ListAsync).WithName("ListAuditEntries").Fails(400).WithSummary("Who changed what, the newest first");
        group.MapGet("/audit.csv", CsvAsync).WithName("DownloadAuditCsv").Fails(400).Sends("text/csv").WithSummary("The audit log as CSV, all entries");
    }

    private static async Task<Ok<Page<AuditEntryView>>> ListAsync(Query<AuditParameters> query, AuditReader audit, CancellationToken cancellationToken)
    {
        query.Values.ThrowIfInvalid();
        return TypedResults.Ok(await audit.ReadAsync(query.Values, cancellationToken));
    }

    private static PushStreamHttpResult CsvAsync(Query<AuditParameters> query, AuditReader audit, CancellationToken cancellationToken)
    {
        query.Values.ThrowIfInvalid();
        return TypedResults.Stream(stream => audit.WriteCsvAsync(query.Values, stream, cancellationToken), "text/csv; charset=utf-8", "audit.csv");
    }
}
