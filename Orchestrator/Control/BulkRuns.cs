using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Deletion;
using Experiments.Orchestrator.Runs.Filters;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Control;

/// <summary>
/// Applies one action to many runs, a few hundred per transaction, so that claims and reports of workers get their turn in between. After an
/// interruption, the runs processed so far stay changed.
/// </summary>
public sealed class BulkRuns(
    IDbContextFactory<StateContext> contexts,
    StateWriter writer,
    RunControl control,
    RunDeletion deletion,
    DeletionPreviews previews,
    TicketQueue tickets,
    TimeProvider time)
{
    public const int MostRuns = 50_000;
    private const int RunsPerTransaction = 250;

    /// <exception cref="ApiException">There is no such sweep, the filter cannot be read, or it matches too many runs.</exception>
    public async Task<BulkResult> DoAsync(BulkRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = request.Ids ?? await SelectAsync(request, cancellationToken);
        var outcomes = new Dictionary<string, BulkOutcome>(ids.Count);
        long bytes = 0;
        (IReadOnlyList<string> order, DeletionCheck? foreseen) = await PrepareAsync(request, ids, cancellationToken);
        foreach (string[] chunk in order.Chunk(RunsPerTransaction))
        {
            long before = request.Action == BulkAction.Delete ? await previews.SizeOfAsync(chunk, cancellationToken) : 0;
            IReadOnlyList<BulkOutcome> some = request.DryRun
                ? await ForeseeAsync(request, chunk, foreseen, cancellationToken)
                : await writer.WriteAsync(unit => ChangeAsync(unit, request, chunk), cancellationToken);
            foreach ((string id, BulkOutcome outcome) in chunk.Zip(some))
            {
                outcomes[id] = outcome;
            }

            string[] kept = [.. some.Where(outcome => !outcome.Done).Select(outcome => outcome.Id)];
            bytes += before == 0 || kept.Length == 0 ? before : before - await previews.SizeOfAsync(kept, cancellationToken);
        }

        if (request is { Action: BulkAction.Retry, DryRun: false })
        {
            tickets.Wanted();
        }

        return new BulkResult(request.Action, request.DryRun, ids.Count, outcomes.Values.Count(outcome => outcome.Done), [.. ids.Select(id => outcomes[id])])
        {
            Bytes = request.Action == BulkAction.Delete ? bytes : null,
        };
    }

    private async Task<IReadOnlyList<string>> SelectAsync(BulkRequest request, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RunQuery selection = await RunQueryReader.ReadAsync(db, request, cancellationToken);
        List<string> ids = await selection.IdsAsync(db, MostRuns + 1, cancellationToken);
        return ids.Count <= MostRuns
            ? ids
            : throw ApiException.BadRequest("filter", $"it matches more than {MostRuns} runs; allowed: a filter that matches fewer");
    }

    /// <summary>The order in which the runs are changed, and the result of a deletion: runs in one transaction may need runs in another.</summary>
    private async Task<(IReadOnlyList<string> Order, DeletionCheck? Foreseen)> PrepareAsync(
        BulkRequest request, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (request.Action != BulkAction.Delete)
        {
            return (ids, null);
        }

        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        return request.DryRun
            ? (ids, await BulkDeletion.ForeseeAsync(db, ids, cancellationToken))
            : (await BulkDeletion.OrderAsync(db, ids, cancellationToken), null);
    }

    /// <summary>What <see cref="ChangeAsync"/> would do now.</summary>
    /// <param name="deletion">What a deletion would do to all runs of the request; null for other actions.</param>
    private async Task<IReadOnlyList<BulkOutcome>> ForeseeAsync(BulkRequest request, string[] ids, DeletionCheck? deletion, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await db.Runs
            .Where(run => ids.Contains(run.Id))
            .Select(run => new { run.Id, run.Cell, run.Status, run.Tags })
            .ToDictionaryAsync(run => run.Id, cancellationToken);
        return [.. ids.Select(id => known.TryGetValue(id, out var run)
            ? Outcome(id, run.Cell, WhyNot(request, id, run.Cell, run.Status, run.Tags, deletion))
            : Missing(id))];
    }

    private static string? WhyNot(
        BulkRequest request, string id, int cell, RunStatus status, IReadOnlyList<string> tags, DeletionCheck? deletion) => request.Action switch
        {
            BulkAction.Delete => deletion!.WhyNot(id),
            BulkAction.Tag => TagEdit.Of(request).WhyNot(tags),
            _ => RunControl.WhyNot(request.Action, cell, status),
        };

    private async Task<IReadOnlyList<BulkOutcome>> ChangeAsync(StateWrite unit, BulkRequest request, string[] ids)
    {
        Dictionary<string, Run> known = await unit.Db.Runs.Where(run => ids.Contains(run.Id)).ToDictionaryAsync(run => run.Id, unit.CancellationToken);
        var outcomes = new List<BulkOutcome>(ids.Length);
        if (request.Action == BulkAction.Delete)
        {
            outcomes.AddRange(Outcomes(ids, known, await deletion.TryDeleteAsync(unit, known.Values)));
        }
        else
        {
            foreach (string id in ids)
            {
                outcomes.Add(known.TryGetValue(id, out Run? run) ? Outcome(id, run.Cell, await ChangeOneAsync(unit, request, run)) : Missing(id));
            }
        }

        if (request.Action != BulkAction.Tag)
        {
            foreach (string sweepId in known.Values.Select(run => run.SweepId).Distinct())
            {
                await SweepStatusUpdater.RefreshAsync(unit, sweepId, time.GetUtcNow());
            }
        }

        return outcomes;
    }

    private Task<string?> ChangeOneAsync(StateWrite unit, BulkRequest request, Run run) => request.Action switch
    {
        BulkAction.Cancel => control.TryCancelAsync(unit, run),
        BulkAction.Retry => control.TryRetryAsync(unit, run),
        BulkAction.Tag => Task.FromResult(TryTag(unit, TagEdit.Of(request), run)),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.Action, "no such action"),
    };

    private static string? TryTag(StateWrite unit, TagEdit edit, Run run)
    {
        if (edit.WhyNot(run.Tags) is { } reason)
        {
            return reason;
        }

        run.Tags = edit.Apply(run.Tags);
        unit.RunChanged(run.Id, run.SweepId);
        return null;
    }

    private static IReadOnlyList<BulkOutcome> Outcomes(string[] ids, Dictionary<string, Run> known, DeletionCheck check) =>
        [.. ids.Select(id => known.TryGetValue(id, out Run? run) ? Outcome(id, run.Cell, check.WhyNot(id)) : Missing(id))];

    private static BulkOutcome Outcome(string id, int cell, string? reason) => new(id, cell, reason is null, reason);

    private static BulkOutcome Missing(string id) => Outcome(Quote.Shorten(id), 0, $"there is no run \"{Quote.Shorten(id)}\"");
}
