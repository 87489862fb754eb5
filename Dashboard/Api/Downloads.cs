using System.Net.Http.Headers;
using Experiments.Contracts.Api;
using Experiments.ServiceDefaults.Http;
using Microsoft.Net.Http.Headers;
using ContentDispositionHeaderValue = Microsoft.Net.Http.Headers.ContentDispositionHeaderValue;
using RangeHeaderValue = System.Net.Http.Headers.RangeHeaderValue;

namespace Experiments.Dashboard.Api;

/// <summary>
/// Passes files of the Orchestrator on to the user's browser, which need not reach the Orchestrator itself.
/// </summary>
internal static class Downloads
{
    private static readonly string[] PassedHeaders =
        [HeaderNames.ContentType, HeaderNames.ContentLength, HeaderNames.ContentRange, HeaderNames.AcceptRanges, HeaderNames.ETag, HeaderNames.LastModified, HeaderNames.CacheControl];

    public static void MapDownloads(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder group = endpoints.MapGroup("/download").ExcludeFromDescription();
        group.MapGet("/runs/{id}/{name}", (string id, string name, HttpContext context, OrchestratorClient orchestrator) =>
            PassOnAsync($"api/runs/{Uri.EscapeDataString(id)}/artifacts/{Uri.EscapeDataString(name)}", () => NameOfRunAsync(id, name, context, orchestrator), context, orchestrator));
        group.MapGet("/runs/{id}/log.txt", (string id, HttpContext context, OrchestratorClient orchestrator) =>
            PassOnAsync($"api/runs/{Uri.EscapeDataString(id)}/log.txt{context.Request.QueryString}", () => NameOfRunAsync(id, "log.txt", context, orchestrator), context, orchestrator));
        foreach (string format in (string[])["csv", "json"])
        {
            group.MapGet($"/sweeps/{{id}}/runs.{format}", (string id, HttpContext context, OrchestratorClient orchestrator) =>
                PassOnAsync($"api/sweeps/{Uri.EscapeDataString(id)}/runs.{format}{context.Request.QueryString}", () => NameOfSweepAsync(id, $"runs.{format}", context, orchestrator), context, orchestrator));
        }

        group.MapGet("/audit.csv", (HttpContext context, OrchestratorClient orchestrator) =>
            PassOnAsync($"api/audit.csv{context.Request.QueryString}", () => Task.FromResult("audit.csv"), context, orchestrator));
        group.MapGet("/datasets/{name}/{label}/{number}", (string name, string label, string number, HttpContext context, OrchestratorClient orchestrator) =>
            PassOnAsync(
                QueryText.With(
                    $"api/datasets/{Uri.EscapeDataString(name)}/samples/{Uri.EscapeDataString(label)}/{Uri.EscapeDataString(number)}",
                    ("path", context.Request.Query["path"])),
                null, context, orchestrator));
    }

    /// <summary>The address of an image of a data set.</summary>
    public static string SampleAddress(string dataset, string? path, int label, int number) =>
        QueryText.With($"download/datasets/{Uri.EscapeDataString(dataset)}/{label}/{number}", ("path", path));

    private static async Task<string> NameOfRunAsync(string id, string file, HttpContext context, OrchestratorClient orchestrator)
    {
        RunView run = await orchestrator.GetRunAsync(id, context.RequestAborted);
        return DownloadNames.OfRun((await orchestrator.GetSweepAsync(run.SweepId, context.RequestAborted)).Name, run.Cell, file);
    }

    private static async Task<string> NameOfSweepAsync(string id, string file, HttpContext context, OrchestratorClient orchestrator) =>
        DownloadNames.OfSweep((await orchestrator.GetSweepAsync(id, context.RequestAborted)).Name, file);

    /// <param name="nameAsync">Determines the name of the file; null for a file that a page shows and the browser does not save.</param>
    private static async Task PassOnAsync(string path, Func<Task<string>>? nameAsync, HttpContext context, OrchestratorClient orchestrator)
    {
        using var request = new HttpRequestMessage(context.WantsHeadOnly() ? HttpMethod.Head : HttpMethod.Get, path);
        if (context.Request.Headers.Range is [{ } range] && RangeHeaderValue.TryParse(range, out RangeHeaderValue? parsed))
        {
            request.Headers.Range = parsed;
        }

        try
        {
            using HttpResponseMessage response = await orchestrator.OpenAsync(request, context.RequestAborted);
            CopyHead(response, nameAsync is null ? null : await nameAsync(), context.Response);
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (OrchestratorException problem)
        {
            int status = problem.Status is { } given ? (int)given : StatusCodes.Status502BadGateway;
            await Results.Problem(problem.Message, statusCode: status).ExecuteAsync(context);
        }
    }

    private static void CopyHead(HttpResponseMessage response, string? fileName, HttpResponse target)
    {
        target.StatusCode = (int)response.StatusCode;
        foreach (string header in PassedHeaders)
        {
            if (response.Headers.NonValidated.TryGetValues(header, out HeaderStringValues values)
                || response.Content.Headers.NonValidated.TryGetValues(header, out values))
            {
                target.Headers[header] = values.ToString();
            }
        }

        if (fileName is null)
        {
            return;
        }

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        target.Headers.ContentDisposition = disposition.ToString();
    }
}
