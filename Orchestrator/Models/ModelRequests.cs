using System.Globalization;
using Experiments.Contracts;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Workers;
using Experiments.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Models;

/// <summary>Asks whichever worker is quickest what only workers know: they have the networks.</summary>
public sealed class ModelRequests(IBus bus, IOptions<ModelRequestOptions> options)
{
    /// <exception cref="ApiException">No worker answers (503), the worker failed (502), or it refuses.</exception>
    public async Task<TAnswer> AskAsync<TRequest, TAnswer>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TAnswer : class
    {
        RequestTimeout limit = TimeSpan.FromSeconds(options.Value.AnswerSeconds);
        IRequestClient<TRequest> client = bus.CreateRequestClient<TRequest>(MessageAddresses.Exchange(QueueNames.ModelRequests), limit);
        try
        {
            Response<TAnswer, ModelRequestRefused> response = await client.GetResponse<TAnswer, ModelRequestRefused>(request, cancellationToken);
            return response.Is(out Response<TAnswer>? answer) ? answer.Message
                : response.Is(out Response<ModelRequestRefused>? refused) ? throw Problem(refused.Message)
                : throw new InvalidOperationException("the worker answered with neither of both");
        }
        catch (RequestTimeoutException)
        {
            throw ApiException.Unavailable(string.Create(
                CultureInfo.InvariantCulture, $"no worker answered within {options.Value.AnswerSeconds} s; is one running, and is the message broker up?"));
        }
        catch (RequestFaultException exception)
        {
            throw ApiException.WorkerFailed(exception.Fault?.Exceptions.FirstOrDefault()?.Message ?? exception.Message);
        }
    }

    private static ApiException Problem(ModelRequestRefused refused) => refused.Problem switch
    {
        ModelRequestProblem.Image => ApiException.BadRequest("image", refused.Reason),
        ModelRequestProblem.Shape => ApiException.BadRequest("model", refused.Reason),
        ModelRequestProblem.Weights => ApiException.Conflict($"the run's weights cannot be used: {refused.Reason}"),
        _ => throw new ArgumentOutOfRangeException(nameof(refused), refused.Problem, "no such problem"),
    };
}
