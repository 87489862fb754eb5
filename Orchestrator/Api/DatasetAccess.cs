using System.ComponentModel.DataAnnotations;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Orchestrator.Datasets;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Api;

/// <summary>Where a data set is.</summary>
internal class DatasetParameters : QueryParameters
{
    /// <summary>The folder with its images; for data sets that need one, and those that are downloaded elsewhere.</summary>
    /// <example>"/data/flowers"</example>
    public string? Path { get; init; }
}

/// <summary>Which images of a data set are shown.</summary>
internal sealed class DatasetSamplesParameters : DatasetParameters
{
    /// <summary>Which 25 classes: 0 for the first.</summary>
    [Range(0, 1_000_000)]
    public int Part { get; init; }
}

/// <summary>The data set that a path names, and what checks its folder.</summary>
internal readonly record struct DatasetAccess(string Name, DatasetProbe Folders, ShownFolders Shown)
{
    /// <exception cref="ApiException">There is no such data set, or its folder cannot be reached.</exception>
    public DatasetSpec Require(DatasetParameters query)
    {
        if (DatasetCatalog.Find(Name) is null)
        {
            throw ApiException.NotFound("data set", Name);
        }

        return !DatasetReader.TryRead(Name, query.Path, out DatasetSpec? dataset, out IReadOnlyDictionary<string, string[]> errors) ? throw ApiException.BadRequest(errors)
            : (Shown.WhyNotShown(dataset) ?? Folders.WhyUnreachable(dataset)) is { } problem ? throw DatasetProblems.Unusable(problem)
            : dataset;
    }
}
