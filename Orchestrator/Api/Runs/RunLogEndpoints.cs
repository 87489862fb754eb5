using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.RunLogs;
using Experiments.Orchestrator.Runs.Views;
using Experiments.Orchestrator.State.Entities;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Runs;

internal static class RunLogEndpoints
{
    public static void MapRunLogs(this RouteGroupBuilder api)
    {
        RouteGroupBuilder run = api.MapGroup("/runs/{id}").WithTags("Runs");
        run.MapGet("/log", GetAsync).WithName("GetRunLog").Fails(400, 404).WithSummary("What the attempts of a run logged, the newest lines unless asked otherwise");
        run.MapGet("/log.txt", DownloadAsync).WithName("DownloadRunLog").Fails(400, 404).Sends("text/plain").WithSummary("The log of a run as a text file, all lines");
    }

    private static async Task<Ok<RunLogPage>> GetAsync(
        string id, Query<RunLogParameters> query, RunViews runs, RunLogReader reader, CancellationToken cancellationToken)
    {
        RunLogRequest asked = RunLogRequest.Read(query.Values);
        Run run = await runs.FindAsync(id, cancellationToken);
        return TypedResults.Ok(await reader.ReadAsync(run.SourceId, asked, cancellationToken));
    }

    private static async Task<PushStreamHttpResult> DownloadAsync(
        string id, Query<RunLogParameters> query, RunViews runs, RunLogReader reader, CancellationToken cancellationToken)
    {
        RunLogRequest asked = RunLogRequest.Read(query.Values);
        Run run = await runs.FindAsync(id, cancellationToken);
        return TypedResults.Stream(
            target => RunLogFile.WriteAsync(reader.ReadAllAsync(run.SourceId, asked, cancellationToken), target, cancellationToken),
            "text/plain; charset=utf-8",
            $"run-{id}.log.txt");
    }
}
