using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Search.Stopping;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Rungs;

/// <summary>
/// Reads and writes what a stopping rule knows, one entry per run. The phase is not stored: it follows from the status, so that it can never differ from it.
/// </summary>
internal static class StoredProgress
{
    /// <summary>Values may be NaN or infinite.</summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public static string Write(RunProgress progress) => JsonSerializer.Serialize(progress with { Phase = default, PromotedTo = default }, Json);

    /// <returns>Null before the first attempt of the run.</returns>
    public static RunProgress? Find(Run run) => run.Progress is { } json ? Read(json, run.Status, run.Held, run.PromotedTo) : null;

    /// <summary>The state of the sweep's stopping rule: all its runs that had an attempt.</summary>
    public static async Task<StoppingState> ReadAsync(StateWrite unit, string sweepId)
    {
        await unit.Db.SaveChangesAsync(unit.CancellationToken);
        return await ReadAsync(unit.Db, sweepId, unit.CancellationToken);
    }

    /// <inheritdoc cref="ReadAsync(StateWrite, string)"/>
    public static async Task<StoppingState> ReadAsync(StateContext db, string sweepId, CancellationToken cancellationToken)
    {
        var runs = await db.Runs
            .Where(run => run.SweepId == sweepId && run.Progress != null)
            .Select(run => new { run.Cell, run.Status, run.Held, run.Progress, run.PromotedTo })
            .ToListAsync(cancellationToken);
        return new StoppingState(runs.ToImmutableSortedDictionary(run => run.Cell, run => Read(run.Progress!, run.Status, run.Held, run.PromotedTo)));
    }

    /// <param name="held">See <see cref="Run.Held"/>.</param>
    public static RunProgress Read(string json, RunStatus status, RunStatus? held, int promotedTo) =>
        (JsonSerializer.Deserialize<RunProgress>(json, Json) ?? throw new JsonException("not what a stopping rule knows about a run: null")) with
        {
            Phase = PhaseOf(held ?? status),
            PromotedTo = promotedTo,
        };

    private static RunPhase PhaseOf(RunStatus status) => status switch
    {
        RunStatus.Paused => RunPhase.Paused,
        RunStatus.Stopped => RunPhase.Stopped,
        RunStatus.Completed => RunPhase.Ended,
        RunStatus.Failed or RunStatus.Cancelled => RunPhase.Failed,
        _ => RunPhase.UnderWay,
    };
}
