using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Inputs;
using MassTransit;

namespace Experiments.GpuWorker.Runs;

/// <summary>Asks the Orchestrator, again and again while it reads the files or does not answer; reading that does not end is given up.</summary>
internal sealed class OriginalInputs(IServiceScopeFactory scopes, TimeProvider time, ILogger<OriginalInputs> logger) : IOriginalInputs
{
    /// <summary>An answer comes after two seconds while files are read, so that this is about an hour.</summary>
    public const int MostAnswers = 1200;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<InputContent> DescribeAsync(string runId, RunInput input, CancellationToken cancellationToken)
    {
        int unfinished = 0;
        while (true)
        {
            try
            {
                InputContent content = await AskAsync(new DescribeInput(runId, input), cancellationToken);
                if (content is not { Digest: null, Problem: null })
                {
                    return content;
                }

                if (++unfinished == MostAnswers)
                {
                    return new InputContent(null, "the Orchestrator has not finished reading them for an hour");
                }

                if (unfinished == 1)
                {
                    logger.LogInformation("The Orchestrator reads what was in the {Input} of run {RunId}, to compare it with what is here", input, runId);
                }
            }
            catch (RequestTimeoutException)
            {
                logger.LogInformation("The Orchestrator does not say what was in the files of run {RunId}; asking again", runId);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<InputContent> AskAsync(DescribeInput question, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<IRequestClient<DescribeInput>>();
        return (await client.GetResponse<InputContent>(question, cancellationToken)).Message;
    }
}
