using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Downloads;
using Experiments.GpuWorker.Data.Sets;

namespace Experiments.GpuWorker.Data;

/// <summary>Opens data sets for interactive requests: nothing is downloaded.</summary>
internal sealed class ReadyDatasets(DatasetFolder folders, DatasetDownloads downloads)
{
    /// <summary>The contents of the data set; null if its files are not on this worker yet.</summary>
    /// <exception cref="TrainingException">The files are invalid (kind Data), or may not be read (kind Invalid).</exception>
    public DatasetContents? TryOpen(DatasetSpec dataset)
    {
        IDatasetReader reader = DatasetRegistry.All[dataset.Name];
        string? folder = folders.Find(dataset);
        if (folder is not null || DatasetCatalog.Find(dataset.Name)?.Download is not { } download)
        {
            return reader.Open(folder);
        }

        return downloads.FindReady(dataset.Name, download) is { } ready ? reader.Open(ready) : null;
    }

    /// <summary>Like <see cref="TryOpen"/>, but files that are not on this worker yet are an error.</summary>
    /// <exception cref="TrainingException">The files are missing or invalid (kind Data), or may not be read (kind Invalid).</exception>
    public DatasetContents Open(DatasetSpec dataset) => TryOpen(dataset) ?? throw DatasetErrors.Bad(Absence(dataset));

    public static string Absence(DatasetSpec dataset) => $"data set \"{dataset.Name}\" is not on this worker yet; its first run downloads it";
}
