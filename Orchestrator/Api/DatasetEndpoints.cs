using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Datasets;
using Experiments.Orchestrator.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api;

/// <summary>What is in data sets. Their images are read by workers; the Orchestrator checks the folder, as it does at a launch, and keeps what was shown.</summary>
internal static class DatasetEndpoints
{
    private const int MostParts = 1_000_000;
    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G'];

    public static void MapDatasets(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/datasets").WithTags("Catalog");
        group.MapGet("", () => TypedResults.Ok(DatasetCatalog.All)).WithSummary("The data sets, with their number of classes");
        group.MapGet("/{name}", GetAsync).Fails(400, 404, 422, 503).WithSummary("Classes, splits and counts of a data set: ?path=");
        group.MapGet("/{name}/samples", SamplesAsync)
            .Fails(400, 404, 422, 503)
            .WithSummary($"Some training images of {DatasetSampleCache.ClassesPerPart} classes: ?path=&part=");
        group.MapGet("/{name}/samples/{class}/{number}", ImageAsync)
            .Fails(400, 404, 422, 503)
            .Sends("image/png", "image/jpeg")
            .WithSummary("One of these images, as PNG or JPEG: ?path=");
        group.MapDatasetChecks();
    }

    private static async Task<Ok<DatasetView>> GetAsync(
        string name, HttpRequest request, DatasetProbe folders, DatasetRequests workers, CancellationToken cancellationToken)
    {
        DatasetSpec dataset = Read(name, request, folders);
        if (folders.WhyUnusable(dataset, cancellationToken) is { } problem)
        {
            throw DatasetProblems.Unusable(problem);
        }

        (DatasetContentsView? contents, string? whyNot) = await workers.DescribeAsync(dataset, cancellationToken);
        return TypedResults.Ok(new DatasetView(DatasetCatalog.Find(name)!, dataset.Path, contents, whyNot));
    }

    private static async Task<Ok<IReadOnlyList<ClassSamplesView>>> SamplesAsync(
        string name, HttpRequest request, DatasetProbe folders, DatasetSampleCache cache, CancellationToken cancellationToken)
    {
        DatasetSpec dataset = Read(name, request, folders);
        var query = new Query(request.Query);
        int part = query.Integer("part", 0, MostParts) ?? 0;
        query.ThrowIfInvalid();
        DatasetSamples samples = await cache.GetAsync(dataset, part, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ClassSamplesView>>([.. samples.Classes.Select(Show)]);
    }

    private static async Task<FileContentHttpResult> ImageAsync(
        string name, string @class, string number, HttpContext context, DatasetProbe folders, DatasetSampleCache cache, CancellationToken cancellationToken)
    {
        DatasetSpec dataset = Read(name, context.Request, folders);
        int label = ReadPlace("class", @class);
        int place = ReadPlace("number", number);
        DatasetSamples samples = await cache.GetAsync(dataset, label / DatasetSampleCache.ClassesPerPart, cancellationToken);
        DatasetSample? sample = samples.Classes.FirstOrDefault(shown => shown.Class == label)?.Samples.ElementAtOrDefault(place);
        if (sample is not { Image.Length: > 0 })
        {
            throw ApiException.Missing("There is no such image.", sample?.Problem ?? $"class {label} has no image {place}");
        }

        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={DatasetSampleCache.Lifetime.TotalSeconds}");
        return TypedResults.File(sample.Image, sample.Image.AsSpan().StartsWith(PngStart) ? "image/png" : "image/jpeg");
    }

    /// <exception cref="ApiException">There is no such data set, or its folder cannot be reached.</exception>
    internal static DatasetSpec Read(string name, HttpRequest request, DatasetProbe folders)
    {
        if (DatasetCatalog.Find(name) is null)
        {
            throw ApiException.NotFound("data set", name);
        }

        if (!DatasetReader.TryRead(name, new Query(request.Query).Text("path"), out DatasetSpec? dataset, out IReadOnlyDictionary<string, string[]> errors))
        {
            throw ApiException.BadRequest(errors);
        }

        if (request.HttpContext.RequestServices.GetRequiredService<ShownFolders>().WhyNotShown(dataset) is { } hidden)
        {
            throw DatasetProblems.Unusable(hidden);
        }

        return folders.WhyUnreachable(dataset) is { } problem ? throw DatasetProblems.Unusable(problem) : dataset;
    }

    private static int ReadPlace(string what, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int place)
        ? place
        : throw ApiException.BadRequest(what, $"not allowed: \"{Query.Shorten(text)}\"; allowed: a whole number from 0");

    private static ClassSamplesView Show(ClassSamples samples) => new(
        samples.Class, samples.Name, [.. samples.Samples.Select(sample => new SampleView(sample.Place, sample.Width, sample.Height, sample.Problem))]);
}
