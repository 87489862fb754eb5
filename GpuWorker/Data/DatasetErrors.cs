using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Training;

namespace Experiments.GpuWorker.Data;

internal static class DatasetErrors
{
    public static TrainingException Bad(string message, Exception? inner = null) => new(FailureKind.Data, message, inner);

    /// <param name="place">Where the image is.</param>
    public static TrainingException Corrupt(string place, CorruptImageException reason) =>
        Bad($"{place} cannot be decoded: {reason.Message}. Mend or remove it, or set skipCorrupt: true in the dataset block", reason);
}
