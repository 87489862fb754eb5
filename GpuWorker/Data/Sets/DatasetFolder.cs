using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Resolves paths in sweeps, and refuses those that this worker may not read.</summary>
internal sealed class DatasetFolder(AllowedFolders allowed)
{
    /// <summary>The full path of a data set's folder; null for built-in and downloaded data sets.</summary>
    /// <exception cref="TrainingException">It is missing (kind Data), or outside the roots (kind Invalid).</exception>
    public string? Find(DatasetSpec spec)
    {
        DatasetInfo? info = DatasetCatalog.Find(spec.Name);
        if (info is { TakesPath: false })
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(spec.Path))
        {
            if (info is { NeedsPath: false })
            {
                return null;
            }

            throw DatasetErrors.Bad($"data set \"{spec.Name}\" needs a path: the folder that holds its files");
        }

        string folder = Allow(spec.Path);
        if (File.Exists(folder))
        {
            throw DatasetErrors.Bad($"the path of data set \"{spec.Name}\" is a file: \"{folder}\"; expected a folder");
        }

        return Directory.Exists(folder)
            ? folder
            : throw DatasetErrors.Bad($"the folder of data set \"{spec.Name}\" does not exist on this worker: \"{folder}\"");
    }

    /// <summary>The full path for a path in a sweep.</summary>
    /// <exception cref="TrainingException">It is outside the roots.</exception>
    public string Allow(string path) => allowed.Contain(path)
        ? Path.GetFullPath(path)
        : throw new TrainingException(
            FailureKind.Invalid,
            $"\"{path}\" is outside the folders that this worker may read (Datasets:Roots): {string.Join(", ", allowed.Roots)}");
}
