using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Knows how one kind of data set is stored.</summary>
public interface IDatasetReader
{
    /// <summary>Lists the images without decoding them.</summary>
    /// <param name="folder">The checked folder of <see cref="DatasetSpec.Path"/>, or the one of the downloaded files; null for data sets that are built in.</param>
    /// <exception cref="TrainingException">The files are not what they should be (kind Data).</exception>
    DatasetContents Open(string? folder);
}
