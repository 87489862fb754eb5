using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Workers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api;

internal static class WorkerEndpoints
{
    public static void MapWorkers(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/workers").WithTags("Workers");
        group.MapGet("", (WorkerTable workers) => TypedResults.Ok(workers.Views())).WithName("ListWorkers").WithSummary("All workers");
        group.MapGet("/{id}/history", History).WithName("GetWorkerHistory").Fails(404).WithSummary("Memory and utilization of a worker over the last hour");
        group.MapPost("/{id}/drain", DrainAsync).WithName("DrainWorker").Fails(404).WithSummary("Let a worker finish what it has and give it nothing new");
        group.MapPost("/{id}/readmit", ReadmitAsync).WithName("ReadmitWorker").Fails(404).WithSummary("Give a worker runs again");
    }

    private static Ok<WorkerHistory> History(string id, WorkerTable workers, WorkerHistories histories) =>
        TypedResults.Ok(histories.Of(workers.Find(id)?.Id ?? throw ApiException.NotFound("worker", id)));

    private static async Task<Ok<WorkerView>> DrainAsync(string id, WorkerControl control, WorkerTable workers, CancellationToken cancellationToken) =>
        TypedResults.Ok(workers.View(await control.DrainAsync(id, cancellationToken)));

    private static async Task<Ok<WorkerView>> ReadmitAsync(string id, WorkerControl control, WorkerTable workers, CancellationToken cancellationToken) =>
        TypedResults.Ok(workers.View(await control.ReadmitAsync(id, cancellationToken)));
}
