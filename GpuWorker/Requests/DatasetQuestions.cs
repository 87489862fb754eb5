using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Settings;

namespace Experiments.GpuWorker.Requests;

/// <summary>Opens a data set for a request, or explains why it cannot be opened.</summary>
internal sealed class DatasetQuestions(ReadyDatasets datasets, WorkerIdentity identity)
{
    /// <returns>The answer, or a <see cref="DatasetRefused"/>.</returns>
    public object Answer(DatasetSpec dataset, Func<DatasetContents, object> answer)
    {
        try
        {
            return datasets.TryOpen(dataset) is { } contents
                ? answer(contents)
                : new DatasetRefused(IsAbsent: true, $"{ReadyDatasets.Absence(dataset)} (asked: {identity.Host})");
        }
        catch (Exception exception) when (exception is TrainingException or IOException or UnauthorizedAccessException)
        {
            return new DatasetRefused(IsAbsent: false, exception.Message);
        }
    }
}
