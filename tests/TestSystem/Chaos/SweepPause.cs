using System.Net;
using Experiments.Contracts.Sweeps;
using Experiments.TestSystem.Processes;

namespace Experiments.TestSystem.Chaos;

/// <summary>Pauses and resumes a sweep, even if the Orchestrator restarts meanwhile.</summary>
internal sealed class SweepPause(RetryingApi api, string sweepId, CancellationToken cancellationToken)
{
    public async Task PauseAsync(TimeSpan duration)
    {
        await LeaveAsync(SweepStatus.Running, "pause");
        await Task.Delay(duration, cancellationToken);
        await LeaveAsync(SweepStatus.Paused, "resume");
    }

    private async Task LeaveAsync(SweepStatus status, string change)
    {
        while ((await api.AskAsync(calm => calm.SweepAsync(sweepId))).Status == status)
        {
            try
            {
                await api.AskAsync(calm => calm.ChangeAsync(sweepId, change));
            }
            catch (ApiRefusedException exception) when (exception.Status == HttpStatusCode.Conflict)
            {
                // The request succeeded before the Orchestrator was killed, or the sweep has ended.
            }
        }
    }
}
