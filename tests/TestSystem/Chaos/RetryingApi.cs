using System.Net;
using Experiments.TestSystem.Processes;

namespace Experiments.TestSystem.Chaos;

/// <summary>Retries while the Orchestrator is unreachable. A 5xx response is a finding.</summary>
internal sealed class RetryingApi(Api api, ChaosLog log, TimeSpan patience, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public Task ChangeAsync(Func<Api, Task> request) => AskAsync(async calm =>
    {
        await request(calm);
        return true;
    });

    /// <exception cref="TimeoutException">It was unreachable for too long.</exception>
    /// <exception cref="ApiRefusedException">It refused.</exception>
    public async Task<T> AskAsync<T>(Func<Api, Task<T>> request)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await request(api);
            }
            catch (Exception exception) when (IsAway(exception))
            {
                if (TimeProvider.System.GetElapsedTime(start) > patience)
                {
                    throw new TimeoutException($"the Orchestrator did not answer for {patience}", exception);
                }
            }
            catch (ApiRefusedException exception) when (exception.Status >= HttpStatusCode.InternalServerError)
            {
                log.Problem($"the API failed: {exception.Message}");
                if (TimeProvider.System.GetElapsedTime(start) > patience)
                {
                    throw;
                }
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private bool IsAway(Exception exception) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
