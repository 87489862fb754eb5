using System.Globalization;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Workers;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Datasets;

/// <summary>Asks the workers what a data set contains; the first answer counts. Only workers have the readers and the downloaded files.</summary>
public sealed class DatasetRequests(IBus bus, IOptions<ModelRequestOptions> options)
{
    /// <returns>The contents, or why they are not available yet.</returns>
    /// <exception cref="ApiException">No worker answers (503), the worker failed (502), or the files are invalid (422).</exception>
    public async Task<(DatasetContentsView? Contents, string? WhyAbsent)> DescribeAsync(DatasetSpec dataset, CancellationToken cancellationToken)
    {
        Answer<DatasetContentsView, DatasetRefused> answer = await AskAsync<DescribeDataset, DatasetContentsView>(new DescribeDataset(dataset), cancellationToken);
        return (answer.Given, answer.Refused?.Reason);
    }

    /// <exception cref="ApiException">As <see cref="DescribeAsync"/>; also when the files are not there yet (404).</exception>
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

    /// <returns>The answer, or a refusal when the files are only not there yet.</returns>
    private async Task<Answer<TAnswer, DatasetRefused>> AskAsync<TRequest, TAnswer>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TAnswer : class
    {
        RequestTimeout limit = TimeSpan.FromSeconds(options.Value.AnswerSeconds);
        IRequestClient<TRequest> client = bus.CreateRequestClient<TRequest>(MessageAddresses.Exchange(QueueNames.DatasetRequests), limit);
        try
        {
            Response<TAnswer, DatasetRefused> response = await client.GetResponse<TAnswer, DatasetRefused>(request, cancellationToken);
            return response.Is(out Response<TAnswer>? answer) ? answer.Message
                : !response.Is(out Response<DatasetRefused>? refused) ? throw new InvalidOperationException("the worker answered with neither of the two")
                : refused.Message.IsAbsent ? refused.Message
                : throw DatasetProblems.Unusable(refused.Message.Reason);
        }
        catch (RequestTimeoutException)
        {
            throw ApiException.Unavailable(string.Create(
                CultureInfo.InvariantCulture, $"no worker answered within {options.Value.AnswerSeconds} s; images are read by workers, so at least one must be up"));
        }
        catch (RequestFaultException exception)
        {
            throw ApiException.WorkerFailed(exception.Fault?.Exceptions.FirstOrDefault()?.Message ?? exception.Message);
        }
    }
}

internal static class DatasetProblems
{
    /// <summary>A launch answers the same.</summary>
    public static ApiException Unusable(string problem) => ApiException.Impossible("The data set cannot be read.", "dataset.path", problem);
}
