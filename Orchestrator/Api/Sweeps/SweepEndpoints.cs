using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Sweeps.Launch;
using Experiments.Orchestrator.Sweeps.Views;
using Experiments.ServiceDefaults.Yaml;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api.Sweeps;

internal static class SweepEndpoints
{
    public static void MapSweeps(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/sweeps").WithTags("Sweeps");
        group.MapPost("", LaunchAsync).TakesJsonOrYaml().Fails(400, 413, 415, 422, 507).WithSummary("Launch a sweep; with ?continue=true, an unfinished one of the same content is answered (200) instead");
        group.MapPost("/preview", PreviewAsync).TakesJsonOrYaml().Fails(400, 413, 415, 422).WithSummary("What launching a sweep would do");
        group.MapGet("", ListAsync).Fails(400).WithSummary("Sweeps, newest first: ?status=&tag=&q=&archived=&sort=&skip=&take=");
        group.MapGet("/{id}", GetAsync).Fails(404).WithSummary("One sweep");
        group.MapPatch("/{id}", AnnotateAsync).TakesJsonOrYaml().Fails(400, 404, 413, 415).WithSummary("Rename a sweep, change its tags and notes, or put it away: { name, tags, notes, archived }");
        group.MapGet("/{id}/spec.yaml", SpecAsync).Fails(404).Sends("application/yaml").WithSummary("The sweep file, to launch it again or change it");
        group.MapPost("/{id}/extend", ExtendAsync).TakesJsonOrYaml().Fails(400, 404, 409, 413, 415, 422, 507).WithSummary("Add values to axes, or grids");
        group.MapPost("/{id}/extend/preview", PreviewExtensionAsync).TakesJsonOrYaml().Fails(400, 404, 409, 413, 415, 422).WithSummary("What adding values to axes would do");
        group.MapChange("pause", (control, id, ct) => control.PauseAsync(id, ct), "Hand out no more runs; running ones save a checkpoint and stop");
        group.MapChange("resume", (control, id, ct) => control.ResumeAsync(id, ct), "Hand out runs again");
        group.MapChange("cancel", (control, id, ct) => control.CancelAsync(id, ct), "End all runs that have not ended");
        group.MapChange("retry-failed", (control, id, ct) => control.RetryFailedAsync(id, ct), "Try all failed runs again");
    }

    private static void MapChange(
        this RouteGroupBuilder group, string name, Func<SweepControl, string, CancellationToken, Task> change, string summary) => group
        .MapPost("/{id}/" + name, async (string id, SweepControl control, SweepViews views, CancellationToken cancellationToken) =>
        {
            await change(control, id, cancellationToken);
            return await GetAsync(id, views, cancellationToken);
        })
        .Fails(404, 409)
        .WithSummary(summary);

    private static async Task<Results<Created<SweepView>, Ok<SweepView>>> LaunchAsync(
        HttpRequest request, SweepLauncher launcher, SweepViews views, CancellationToken cancellationToken)
    {
        var query = new Query(request.Query);
        bool mayContinue = query.Flag("continue");
        query.ThrowIfInvalid();
        SweepSpec spec = await ReadSpecAsync(request, cancellationToken);
        (string id, bool isNew, IReadOnlyList<SweepWarning> warnings) = await launcher.LaunchAsync(spec, mayContinue, cancellationToken);
        SweepView? sweep = Warn(await views.FindAsync(id, cancellationToken), warnings);
        return isNew ? TypedResults.Created($"/api/sweeps/{id}", sweep) : TypedResults.Ok(sweep);
    }

    private static async Task<Ok<SweepPreview>> PreviewAsync(HttpRequest request, SweepPreviews previews, CancellationToken cancellationToken) =>
        TypedResults.Ok(await previews.PreviewAsync(await ReadSpecAsync(request, cancellationToken), cancellationToken));

    private static async Task<Ok<Page<SweepView>>> ListAsync(HttpRequest request, SweepViews views, CancellationToken cancellationToken)
    {
        var query = new Query(request.Query);
        var selection = new SweepSelection(
            query.Choice<SweepStatus>("status"), query.Text("tag"), query.Text("q"), query.Text("archived") is null ? null : query.Flag("archived"));
        SweepSort? sort = SweepSort.Default;
        if (query.Text("sort") is { } order && (sort = SweepSort.Parse(order, out string problem)) is null)
        {
            query.Refuse("sort", problem);
        }

        PageRange range = PageRange.Read(query);
        query.ThrowIfInvalid();
        return TypedResults.Ok(await views.ListAsync(selection, sort!, range.Skip, range.Take, cancellationToken));
    }

    private static async Task<Ok<SweepView>> GetAsync(string id, SweepViews views, CancellationToken cancellationToken) =>
        TypedResults.Ok(await views.FindAsync(id, cancellationToken) ?? throw ApiException.NotFound("sweep", id));

    private static async Task<Ok<SweepView>> AnnotateAsync(
        string id, HttpRequest request, SweepAnnotations annotations, SweepViews views, CancellationToken cancellationToken)
    {
        if (!Annotations.TryRead(await JsonBody.ReadAsync(request, cancellationToken), out SweepChange? change, out IReadOnlyDictionary<string, string[]> errors))
        {
            throw ApiException.BadRequest(errors);
        }

        await annotations.ChangeAsync(id, change, cancellationToken);
        return await GetAsync(id, views, cancellationToken);
    }

    private static async Task<ContentHttpResult> SpecAsync(string id, SweepViews views, CancellationToken cancellationToken)
    {
        SweepView sweep = await views.FindAsync(id, cancellationToken) ?? throw ApiException.NotFound("sweep", id);
        return TypedResults.Text(YamlJson.FromJson(sweep.Spec), "application/yaml");
    }

    private static async Task<Ok<SweepView>> ExtendAsync(
        string id, HttpRequest request, SweepLauncher launcher, SweepViews views, CancellationToken cancellationToken)
    {
        JsonElement body = await JsonBody.ReadAsync(request, cancellationToken);
        IReadOnlyList<SweepWarning> warnings = await launcher.ExtendAsync(id, ExtensionBody.Read(body), cancellationToken);
        return TypedResults.Ok(Warn(await views.FindAsync(id, cancellationToken), warnings));
    }

    private static async Task<Ok<SweepPreview>> PreviewExtensionAsync(
        string id, HttpRequest request, SweepPreviews previews, CancellationToken cancellationToken)
    {
        JsonElement body = await JsonBody.ReadAsync(request, cancellationToken);
        return TypedResults.Ok(await previews.PreviewExtensionAsync(id, ExtensionBody.Read(body), cancellationToken));
    }

    private static SweepView? Warn(SweepView? sweep, IReadOnlyList<SweepWarning> warnings) => sweep is null ? null : sweep with { Warnings = warnings };

    private static async Task<SweepSpec> ReadSpecAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        JsonElement body = await JsonBody.ReadAsync(request, cancellationToken);
        return SweepSpecReader.TryRead(body, out SweepSpec? spec, out IReadOnlyDictionary<string, string[]> errors)
            ? spec
            : throw ApiException.BadRequest(errors);
    }
}
