using Experiments.Contracts;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Workers;
using Experiments.ServiceDefaults.Messaging;

namespace Experiments.Orchestrator.Models;

/// <summary>Asks the workers about networks, which only they have; the first answer counts.</summary>
public sealed class ModelRequests(WorkerRequests workers)
{
    /// <exception cref="ApiException">No worker answers (503), the worker failed (502), or it refuses.</exception>
    public async Task<TAnswer> AskAsync<TRequest, TAnswer>(TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TAnswer : class
    {
        Answer<TAnswer, ModelRequestRefused> answer = await workers.AskAsync<TRequest, TAnswer, ModelRequestRefused>(
            request, QueueNames.ModelRequests, "; is one running, and is the message broker up?", cancellationToken);
        return answer.Given ?? throw Problem(answer.Refused!);
    }

    private static ApiException Problem(ModelRequestRefused refused) => refused.Problem switch
    {
        ModelRequestProblem.Image => ApiException.BadRequest("image", refused.Reason),
        ModelRequestProblem.Shape => ApiException.BadRequest("model", refused.Reason),
        ModelRequestProblem.Weights => ApiException.Conflict($"the run's weights cannot be used: {refused.Reason}"),
        _ => throw new ArgumentOutOfRangeException(nameof(refused), refused.Problem, "no such problem"),
    };
}
