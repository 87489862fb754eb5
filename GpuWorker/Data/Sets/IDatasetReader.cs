using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Reads one kind of data set.</summary>
public interface IDatasetReader
{
    /// <summary>Lists the images without decoding them.</summary>
    /// <param name="folder">The checked folder of <see cref="DatasetSpec.Path"/>, or the one of the downloaded files; null for built-in data sets.</param>
    /// <exception cref="TrainingException">The files are invalid (kind Data).</exception>
    DatasetContents Open(string? folder);
}
