using Experiments.Orchestrator.Http;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Workers;

/// <summary>Asks the workers; the first answer counts.</summary>
public sealed class WorkerRequests(IBus bus, IOptions<ModelRequestOptions> options)
{
    /// <param name="whyNone">Said after "no worker answered within 20 s".</param>
    /// <returns>The answer or the refusal.</returns>
    /// <exception cref="ApiException">No worker answers (503), or the worker failed (502).</exception>
    public async Task<Answer<TAnswer, TRefused>> AskAsync<TRequest, TAnswer, TRefused>(
        TRequest request, string queue, string whyNone, CancellationToken cancellationToken)
        where TRequest : class
        where TAnswer : class
        where TRefused : class
    {
        RequestTimeout limit = TimeSpan.FromSeconds(options.Value.AnswerSeconds);
        IRequestClient<TRequest> client = bus.CreateRequestClient<TRequest>(MessageAddresses.Exchange(queue), limit);
        try
        {
            Response<TAnswer, TRefused> response = await client.GetResponse<TAnswer, TRefused>(request, cancellationToken);
            return response.Is(out Response<TAnswer>? answer) ? answer.Message
                : response.Is(out Response<TRefused>? refused) ? refused.Message
                : throw new InvalidOperationException("the worker answered with neither of the two");
        }
        catch (RequestTimeoutException)
        {
            throw ApiException.Unavailable(FormattableString.Invariant($"no worker answered within {options.Value.AnswerSeconds} s{whyNone}"));
        }
        catch (RequestFaultException exception)
        {
            throw ApiException.WorkerFailed(exception.Fault?.Exceptions.FirstOrDefault()?.Message ?? exception.Message);
        }
    }
}
