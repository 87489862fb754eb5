using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Inputs;
using MassTransit;

namespace Experiments.GpuWorker.Runs;

/// <summary>Asks the Orchestrator repeatedly while it reads the files or does not answer; gives up if reading does not end.</summary>
internal sealed class OriginalInputs(IServiceScopeFactory scopes, TimeProvider time, ILogger<OriginalInputs> logger) : IOriginalInputs
{
    /// <summary>While files are read, an answer comes every two seconds: this is about an hour.</summary>
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
                    logger.LogInformation("The Orchestrator reads the {Input} of run {RunId}, to compare it with the files here", input, runId);
                }
            }
            catch (RequestTimeoutException)
            {
                logger.LogInformation("The Orchestrator does not answer what was in the files of run {RunId}; asking again", runId);
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
