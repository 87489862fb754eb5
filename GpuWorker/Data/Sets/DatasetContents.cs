using Experiments.Contracts.Api;
using Experiments.ServiceDefaults.Datasets;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>What a data set consists of, before anything is decoded.</summary>
/// <param name="Classes">Names, in the order of the labels; at least two.</param>
/// <param name="Training">Also the source of validation images where there is no split for them.</param>
/// <param name="Validation">Null where it is to be taken from the training images.</param>
/// <param name="Fingerprint">Changes when files are added, removed or changed.</param>
/// <param name="Reading">How class folders were understood; null where the files are of a fixed layout.</param>
public sealed record DatasetContents(
    IReadOnlyList<string> Classes,
    IImageSource Training,
    IImageSource? Validation,
    IImageSource? Test,
    string Fingerprint,
    DatasetReading? Reading = null)
{
    /// <summary>The files of class folders, as they were when they were listed; null for other layouts.</summary>
    public DatasetFiles? Files { get; init; }
}
