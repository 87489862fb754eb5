using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Settings;
using MassTransit;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Experiments.GpuWorker.Runs;

/// <summary>Asks the Orchestrator for a run.</summary>
internal sealed class RunClaimer(
    IServiceScopeFactory scopes,
    WorkerIdentity identity,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<RunClaimer> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Claims the run of a ticket, or another one of higher priority. Null if there is nothing to do, or if the
    /// Orchestrator does not answer in time: it sends new tickets when it is available again.
    /// </summary>
    public async Task<RunClaimed?> ClaimAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            return await Repeating(ticket).ExecuteAsync(token => AskAsync(ticket, token), cancellationToken);
        }
        catch (RequestException exception)
        {
            logger.LogWarning(exception, "The claim of run {RunId} of sweep {SweepId} was not answered; giving the ticket up", ticket.RunId, ticket.SweepId);
            return null;
        }
    }

    /// <summary>Retries until the time limit, counted from now, expires.</summary>
    private ResiliencePipeline Repeating(RunTicket ticket)
    {
        var patience = TimeSpan.FromSeconds(options.Value.ClaimPatienceSeconds);
        long start = time.GetTimestamp();
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                Delay = Pause,
                ShouldHandle = failure => new(failure.Outcome.Exception is RequestException && time.GetElapsedTime(start) < patience),
                OnRetry = failure =>
                {
                    logger.LogWarning(
                        failure.Outcome.Exception, "The claim of run {RunId} of sweep {SweepId} was not answered; asking again", ticket.RunId, ticket.SweepId);
                    return default;
                },
            })
            .Build();
    }

    private async ValueTask<RunClaimed?> AskAsync(RunTicket ticket, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<ClaimRun>>();
        Response<RunClaimed, ClaimRefused> response =
            await client.GetResponse<RunClaimed, ClaimRefused>(new ClaimRun(identity.Id, ticket.RunId) { Contract = ClaimRun.Newest }, cancellationToken);
        if (response.Is(out Response<RunClaimed>? claimed))
        {
            return claimed.Message;
        }

        if (response.Is(out Response<ClaimRefused>? refused))
        {
            logger.LogDebug("The claim of run {RunId} was refused: {Reason}", ticket.RunId, refused.Message.Reason);
        }

        return null;
    }
}
