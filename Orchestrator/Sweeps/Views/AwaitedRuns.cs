using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>The runs of other sweeps that runs of a sweep wait for, see <see cref="State.Entities.Run.WaitsFor"/>.</summary>
/// <param name="Waiting">How many runs of the sweep wait for them.</param>
/// <param name="Count">The number of awaited runs.</param>
/// <param name="FirstId">The id of the oldest of them.</param>
/// <param name="First">The oldest of them, for display.</param>
internal sealed record AwaitedRuns(int Waiting, int Count, string FirstId, string First)
{
    /// <summary>Finds the awaited runs by the id of the waiting sweep; sweeps that do not wait have no entry.</summary>
    public static async Task<IReadOnlyDictionary<string, AwaitedRuns>> FindAsync(StateContext db, string[] sweepIds, CancellationToken cancellationToken)
    {
        var waits = await db.Runs
            .Where(run => run.WaitsFor != null && run.WaitsForEpoch == null && sweepIds.Contains(run.SweepId))
            .GroupBy(run => run.SweepId)
            .Select(group => new { group.Key, Waiting = group.Count(), Count = group.Select(run => run.WaitsFor).Distinct().Count(), First = group.Min(run => run.WaitsFor)! })
            .ToListAsync(cancellationToken);
        string[] firstIds = [.. waits.Select(wait => wait.First).Distinct()];
        Dictionary<string, string> names = await (
                from run in db.Runs
                where firstIds.Contains(run.Id)
                join sweep in db.Sweeps on run.SweepId equals sweep.Id
                select new { run.Id, run.Cell, sweep.Name })
            .ToDictionaryAsync(run => run.Id, run => string.Create(CultureInfo.InvariantCulture, $"run #{run.Cell} of sweep \"{run.Name}\""), cancellationToken);
        return waits.ToDictionary(wait => wait.Key, wait => new AwaitedRuns(wait.Waiting, wait.Count, wait.First, names.GetValueOrDefault(wait.First, $"run {wait.First}")));
    }

    public SweepWait Explain() => new(
        WaitReason.EqualRuns,
        Count == 1
            ? $"waits for {First}, which equals {(Waiting == 1 ? "the only run left" : "its own")} and is trained now: its result is taken over. No action is needed"
            : string.Create(CultureInfo.InvariantCulture, $"waits for {Count:N0} equal runs of other sweeps that are trained now, such as {First}: their results are taken over. No action is needed"))
    {
        RunId = FirstId,
    };
}
