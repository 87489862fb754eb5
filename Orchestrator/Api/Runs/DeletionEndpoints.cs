using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Deletion;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Runs;

internal static class DeletionEndpoints
{
    public static void MapDeletion(this RouteGroupBuilder api)
    {
        RouteGroupBuilder sweep = api.MapGroup("/sweeps/{id}").WithTags("Sweeps");
        sweep.MapDelete("", DeleteSweepAsync).WithName("DeleteSweep").Fails(404, 409).WithSummary("Delete a sweep that has ended, with its runs and all that they left; 409 names what still needs it");
        sweep.MapGet("/deletion", PreviewSweepAsync).WithName("PreviewSweepDeletion").Fails(404).WithSummary("What deleting a sweep would do");
        RouteGroupBuilder run = api.MapGroup("/runs/{id}").WithTags("Runs");
        run.MapDelete("", DeleteRunAsync).WithName("DeleteRun").Fails(404, 409).WithSummary("Delete a run that has ended, with all that it left; 409 names what still needs it");
        run.MapGet("/deletion", PreviewRunAsync).WithName("PreviewRunDeletion").Fails(404).WithSummary("What deleting a run would do");
    }

    private static async Task<NoContent> DeleteSweepAsync(string id, RunDeletion deletion, CancellationToken cancellationToken)
    {
        await deletion.DeleteSweepAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<DeletionPreview>> PreviewSweepAsync(string id, DeletionPreviews previews, CancellationToken cancellationToken) =>
        TypedResults.Ok(await previews.OfSweepAsync(id, cancellationToken));

    private static async Task<NoContent> DeleteRunAsync(string id, RunDeletion deletion, CancellationToken cancellationToken)
    {
        await deletion.DeleteRunAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<DeletionPreview>> PreviewRunAsync(string id, DeletionPreviews previews, CancellationToken cancellationToken) =>
        TypedResults.Ok(await previews.OfRunAsync(id, cancellationToken));
}
