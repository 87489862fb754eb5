using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Datasets;
using Experiments.Orchestrator.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Experiments.Orchestrator.Api;

/// <summary>The contents of data sets. Workers read the images; the Orchestrator checks the folder, as at a launch, and caches the responses.</summary>
internal static class DatasetEndpoints
{
    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G'];

    public static void MapDatasets(this RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/datasets").WithTags("Catalog");
        group.MapGet("", () => TypedResults.Ok(DatasetCatalog.All)).WithName("ListDatasets").WithSummary("The data sets, with their number of classes");
        group.MapGet("/{name}", GetAsync).WithName("GetDataset").Fails(400, 404, 422, 502, 503).WithSummary("Classes, splits and counts of a data set");
        group.MapGet("/{name}/samples", SamplesAsync)
            .WithName("ListDatasetSamples")
            .Fails(400, 404, 422, 502, 503)
            .WithSummary($"Some training images of {DatasetSampleCache.ClassesPerPart} classes");
        group.MapGet("/{name}/samples/{class}/{number}", ImageAsync)
            .WithName("GetDatasetImage")
            .Fails(400, 404, 422, 502, 503)
            .Sends("image/png", "image/jpeg")
            .WithSummary("One of these images, as PNG or JPEG");
        group.MapDatasetChecks();
    }

    private static async Task<Ok<DatasetView>> GetAsync(
        [AsParameters] DatasetAccess access, Query<DatasetParameters> query, DatasetRequests workers, CancellationToken cancellationToken)
    {
        DatasetSpec dataset = access.Require(query.Values);
        if (access.Folders.WhyUnusable(dataset, cancellationToken) is { } problem)
        {
            throw DatasetProblems.Unusable(problem);
        }

        (DatasetContentsView? contents, string? whyNot) = await workers.DescribeAsync(dataset, cancellationToken);
        return TypedResults.Ok(new DatasetView(DatasetCatalog.Find(dataset.Name)!, dataset.Path, contents, whyNot));
    }

    private static async Task<Ok<IReadOnlyList<ClassSamplesView>>> SamplesAsync(
        [AsParameters] DatasetAccess access, Query<DatasetSamplesParameters> query, DatasetSampleCache cache, CancellationToken cancellationToken)
    {
        DatasetSpec dataset = access.Require(query.Values);
        query.Values.ThrowIfInvalid();
        DatasetSamples samples = await cache.GetAsync(dataset, query.Values.Part, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ClassSamplesView>>([.. samples.Classes.Select(Show)]);
    }

    private static async Task<FileContentHttpResult> ImageAsync(
        [AsParameters] DatasetAccess access,
        [Range(0, int.MaxValue)] string @class,
        [Range(0, int.MaxValue)] string number,
        Query<DatasetParameters> query,
        HttpResponse response,
        DatasetSampleCache cache,
        CancellationToken cancellationToken)
    {
        DatasetSpec dataset = access.Require(query.Values);
        int label = ReadPlace("class", @class);
        int place = ReadPlace("number", number);
        DatasetSamples samples = await cache.GetAsync(dataset, label / DatasetSampleCache.ClassesPerPart, cancellationToken);
        DatasetSample? sample = samples.Classes.FirstOrDefault(shown => shown.Class == label)?.Samples.ElementAtOrDefault(place);
        if (sample is not { Image.Length: > 0 })
        {
            throw ApiException.Missing("There is no such image.", sample?.Problem ?? $"class {label} has no image {place}");
        }

        response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={DatasetSampleCache.Lifetime.TotalSeconds}");
        return TypedResults.File(sample.Image, sample.Image.AsSpan().StartsWith(PngStart) ? "image/png" : "image/jpeg");
    }

    private static int ReadPlace(string what, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int place)
        ? place
        : throw ApiException.BadRequest(what, $"not allowed: \"{Quote.Shorten(text)}\"; allowed: a whole number from 0");

    private static ClassSamplesView Show(ClassSamples samples) => new(
        samples.Class, samples.Name, [.. samples.Samples.Select(sample => new SampleView(sample.Place, sample.Width, sample.Height, sample.Problem))]);
}
