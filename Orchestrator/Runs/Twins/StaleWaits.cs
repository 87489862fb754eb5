using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Twins;

/// <summary>
/// On startup, releases runs that wait for a run that is neither being trained nor next in line. <see cref="TwinRuns"/> leaves none, but a backup
/// assembled manually, or a row removed manually, must not make a run wait forever.
/// </summary>
internal sealed class StaleWaits(StateWriter writer, ILogger<StaleWaits> logger) : IRestoredAtStart
{
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        int released = await writer.WriteAsync(
            unit => unit.Db.Runs
                .Where(run => run.WaitsFor != null && !unit.Db.Runs.Any(awaited =>
                    awaited.Id == run.WaitsFor
                    && awaited.WaitsFor == null
                    && (awaited.Status == RunStatus.Running
                        || (awaited.Status == RunStatus.Queued && unit.Db.Sweeps.Any(sweep => sweep.Id == awaited.SweepId && sweep.Status == SweepStatus.Running)))))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(run => run.WaitsFor, (string?)null).SetProperty(run => run.WaitsForEpoch, (int?)null), unit.CancellationToken),
            cancellationToken);
        if (released > 0)
        {
            logger.LogWarning("{Runs} runs waited for equal runs that are not being trained; they wait for a worker now", released);
        }
    }
}
