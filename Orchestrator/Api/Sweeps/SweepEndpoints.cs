using Experiments.Contracts.Api;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Sweeps.Launch;
using Experiments.Orchestrator.Sweeps.Views;
using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Yaml;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Sweeps;

internal static class SweepEndpoints
{
    public static void MapSweeps(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/sweeps").WithTags("Sweeps");
        group.MapPost("", LaunchAsync).WithName("LaunchSweep").Fails(400, 413, 415, 422, 507).WithSummary("Launch a sweep");
        group.MapPost("/preview", PreviewAsync).For(AccessPolicies.Viewer).WithName("PreviewSweep").Fails(400, 413, 415, 422).WithSummary("What launching a sweep would do");
        group.MapGet("", ListAsync).WithName("ListSweeps").Fails(400).WithSummary("Sweeps, newest first unless asked otherwise");
        group.MapGet("/{id}", GetAsync).WithName("GetSweep").Fails(404).WithSummary("One sweep");
        group.MapPatch("/{id}", AnnotateAsync).WithName("AnnotateSweep").Fails(400, 404, 413, 415).WithSummary("Rename a sweep, change its tags and notes, or archive it; what is left out stays");
        group.MapGet("/{id}/spec.yaml", SpecAsync).WithName("GetSweepFile").Fails(404).Sends("application/yaml").WithSummary("The sweep file, to launch it again or change it");
        group.MapGet("/{id}/search", SearchAsync).WithName("GetSweepSearch").Fails(400, 404).WithSummary("How its runs are proposed, and what was decided");
        group.MapGet("/{id}/search/rungs", RungsAsync).WithName("GetSweepRungs").Fails(400, 404).WithSummary("The values of its runs at the rungs of its stopping rule");
        group.MapPost("/{id}/extend", ExtendAsync).WithName("ExtendSweep").Fails(400, 404, 409, 413, 415, 422, 507).WithSummary("Add values to axes, grids, or runs");
        group.MapPost("/{id}/extend/preview", PreviewExtensionAsync).For(AccessPolicies.Viewer).WithName("PreviewExtension").Fails(400, 404, 409, 413, 415, 422).WithSummary("What adding values to axes would do");
        group.MapChange("PauseSweep", "pause", (control, id, ct) => control.PauseAsync(id, ct), "Hand out no more runs; running ones save a checkpoint and stop");
        group.MapChange("ResumeSweep", "resume", (control, id, ct) => control.ResumeAsync(id, ct), "Hand out runs again");
        group.MapChange("CancelSweep", "cancel", (control, id, ct) => control.CancelAsync(id, ct), "End all runs that have not ended");
        group.MapChange("RetryFailedRuns", "retry-failed", (control, id, ct) => control.RetryFailedAsync(id, ct), "Try all failed runs again");
    }

    private static void MapChange(
        this RouteGroupBuilder group, string name, string path, Func<SweepControl, string, CancellationToken, Task> change, string summary) => group
        .MapPost("/{id}/" + path, async (string id, SweepControl control, SweepViews views, CancellationToken cancellationToken) =>
        {
            await change(control, id, cancellationToken);
            return await GetAsync(id, views, cancellationToken);
        })
        .WithName(name)
        .Fails(404, 409)
        .WithSummary(summary);

    private static async Task<Results<Created<SweepView>, Ok<SweepView>>> LaunchAsync(
        Query<LaunchParameters> query, JsonBody<SweepFile> body, SweepLauncher launcher, SweepViews views, CancellationToken cancellationToken)
    {
        query.Values.ThrowIfInvalid();
        SweepSpec spec = await body.ReadAsync<SweepSpec>(SweepSpecReader.TryRead, cancellationToken);
        (string id, bool isNew, IReadOnlyList<SweepWarning> warnings) = await launcher.LaunchAsync(spec, query.Values.Continue, cancellationToken);
        SweepView? sweep = Warn(await views.FindAsync(id, cancellationToken), warnings);
        return isNew ? TypedResults.Created($"/api/sweeps/{id}", sweep) : TypedResults.Ok(sweep);
    }

    private static async Task<Ok<SweepPreview>> PreviewAsync(JsonBody<SweepFile> body, SweepPreviews previews, CancellationToken cancellationToken) =>
        TypedResults.Ok(await previews.PreviewAsync(await body.ReadAsync<SweepSpec>(SweepSpecReader.TryRead, cancellationToken), cancellationToken));

    private static async Task<Ok<Page<SweepView>>> ListAsync(Query<SweepListParameters> query, SweepViews views, CancellationToken cancellationToken)
    {
        SweepListParameters asked = query.Values;
        var selection = new SweepSelection(asked.Status, asked.Tag, asked.Q, asked.Archived);
        SweepSort? sort = SweepSort.Default;
        if (asked.Sort is { } order && (sort = SweepSort.Parse(order, out string problem)) is null)
        {
            asked.Refuse("sort", problem);
        }

        asked.ThrowIfInvalid();
        return TypedResults.Ok(await views.ListAsync(selection, sort!, asked.Skip, asked.Take, cancellationToken));
    }

    private static async Task<Ok<SweepView>> GetAsync(string id, SweepViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(await views.FindAsync(id, cancellationToken) ?? throw ApiException.NotFound("sweep", id));

    private static async Task<Ok<SweepView>> AnnotateAsync(
        string id, JsonBody<SweepChange> body, SweepAnnotations annotations, SweepViews views, CancellationToken cancellationToken)
    {
        await annotations.ChangeAsync(id, await body.ReadAsync<SweepChange>(Annotations.TryRead, cancellationToken), cancellationToken);
        return await GetAsync(id, views, cancellationToken);
    }

    private static async Task<ContentHttpResult> SpecAsync(string id, SweepViews views, CancellationToken cancellationToken)
    {
        SweepView sweep = await views.FindAsync(id, cancellationToken) ?? throw ApiException.NotFound("sweep", id);
        return TypedResults.Text(YamlJson.FromJson(sweep.Spec), "application/yaml");
    }

    private static async Task<Ok<SearchView>> SearchAsync(
        string id, Query<SearchParameters> query, SearchViews searches, CancellationToken cancellationToken)
    {
        query.Values.ThrowIfInvalid();
        return TypedResults.Ok(await searches.ReadAsync(id, query.Values.Decisions, cancellationToken));
    }

    private static async Task<Ok<SearchRungs>> RungsAsync(
        string id, Query<SearchRungsParameters> query, SearchViews searches, CancellationToken cancellationToken)
    {
        query.Values.ThrowIfInvalid();
        return TypedResults.Ok(await searches.ReadRungsAsync(id, query.Values.MaxPoints, cancellationToken));
    }

    private static async Task<Ok<SweepView>> ExtendAsync(
        string id, JsonBody<ExtendSweep> body, SweepLauncher launcher, SweepViews views, CancellationToken cancellationToken)
    {
        IReadOnlyList<SweepWarning> warnings = await launcher.ExtendAsync(id, ExtensionBody.Read(await body.ReadAsync(cancellationToken)), cancellationToken);
        return TypedResults.Ok(Warn(await views.FindAsync(id, cancellationToken), warnings));
    }

    private static async Task<Ok<SweepPreview>> PreviewExtensionAsync(
        string id, JsonBody<ExtendSweep> body, SweepPreviews previews, CancellationToken cancellationToken) =>
        TypedResults.Ok(await previews.PreviewExtensionAsync(id, ExtensionBody.Read(await body.ReadAsync(cancellationToken)), cancellationToken));

    private static SweepView? Warn(SweepView? sweep, IReadOnlyList<SweepWarning> warnings) => sweep is null ? null : sweep with { Warnings = warnings };
}
