using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Workers;
using Experiments.ServiceDefaults.Messaging;

namespace Experiments.Orchestrator.Datasets;

/// <summary>Asks the workers what a data set contains; the first answer counts. Only workers have the readers and the downloaded files.</summary>
public sealed class DatasetRequests(WorkerRequests workers)
{
    /// <returns>The contents, or why they are not available yet.</returns>
    /// <exception cref="ApiException">No worker answers (503), the worker failed (502), or the files are invalid (422).</exception>
    public async Task<(DatasetContentsView? Contents, string? WhyAbsent)> DescribeAsync(DatasetSpec dataset, CancellationToken cancellationToken)
    {
        Answer<DatasetContentsView, DatasetRefused> answer = await AskAsync<DescribeDataset, DatasetContentsView>(new DescribeDataset(dataset), cancellationToken);
        return (answer.Given, answer.Refused?.Reason);
    }

    /// <exception cref="ApiException">As <see cref="DescribeAsync"/>; also when the files are not downloaded yet (404).</exception>
    public async Task<DatasetSamples> SampleAsync(SampleDataset request, CancellationToken cancellationToken)
    {
        Answer<DatasetSamples, DatasetRefused> answer = await AskAsync<SampleDataset, DatasetSamples>(request, cancellationToken);
        return answer.Given ?? throw ApiException.Missing("There are no images to show.", answer.Refused!.Reason);
    }

    /// <exception cref="ApiException">As <see cref="SampleAsync"/>.</exception>
    public async Task<DatasetChecked> CheckAsync(CheckDataset request, CancellationToken cancellationToken)
    {
        Answer<DatasetChecked, DatasetRefused> answer = await AskAsync<CheckDataset, DatasetChecked>(request, cancellationToken);
        return answer.Given ?? throw ApiException.Missing("There are no images to check.", answer.Refused!.Reason);
    }

    /// <returns>The answer, or a refusal when the files are not downloaded yet.</returns>
    private async Task<Answer<TAnswer, DatasetRefused>> AskAsync<TRequest, TAnswer>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TAnswer : class
    {
        Answer<TAnswer, DatasetRefused> answer = await workers.AskAsync<TRequest, TAnswer, DatasetRefused>(
            request, QueueNames.DatasetRequests, "; images are read by workers, so at least one must be up", cancellationToken);
        return answer.Refused is { IsAbsent: false } refused ? throw DatasetProblems.Unusable(refused.Reason) : answer;
    }
}

internal static class DatasetProblems
{
    /// <summary>A launch answers the same.</summary>
    public static ApiException Unusable(string problem) => ApiException.Impossible("The data set cannot be read.", "dataset.path", problem);
}
