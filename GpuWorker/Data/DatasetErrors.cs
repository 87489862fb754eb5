using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Training;

namespace Experiments.GpuWorker.Data;

internal static class DatasetErrors
{
    public static TrainingException Bad(string message, Exception? inner = null) => new(FailureKind.Data, message, inner);
}
