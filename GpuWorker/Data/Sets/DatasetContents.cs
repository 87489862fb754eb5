using Experiments.Contracts.Api;
using Experiments.ServiceDefaults.Datasets;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>The images and classes of a data set, before anything is decoded.</summary>
/// <param name="Classes">Names, in the order of the labels; at least two.</param>
/// <param name="Training">Also the source of validation images if there is no validation split.</param>
/// <param name="Validation">Null if it is held back from the training images.</param>
/// <param name="Fingerprint">Changes when files are added, removed or changed.</param>
/// <param name="Reading">How class folders were interpreted; null for fixed layouts.</param>
public sealed record DatasetContents(
    IReadOnlyList<string> Classes,
    IImageSource Training,
    IImageSource? Validation,
    IImageSource? Test,
    string Fingerprint,
    DatasetReading? Reading = null)
{
    /// <summary>The files of class folders as they were listed; null for other layouts.</summary>
    public DatasetFiles? Files { get; init; }
}
