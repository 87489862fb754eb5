using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Settings;
using Experiments.ServiceDefaults.Messaging;

namespace Experiments.GpuWorker.Requests;

/// <summary>Opens a data set for a request, or explains why it cannot be opened.</summary>
internal sealed class DatasetQuestions(ReadyDatasets datasets, WorkerIdentity identity)
{
    public Answer<T, DatasetRefused> Answer<T>(DatasetSpec dataset, Func<DatasetContents, Answer<T, DatasetRefused>> answer)
        where T : class
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
