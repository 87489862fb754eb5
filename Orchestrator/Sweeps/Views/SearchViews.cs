using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Rungs;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.Search.Stopping;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>Shows the search of a sweep with its decisions.</summary>
public sealed class SearchViews(IDbContextFactory<StateContext> contexts)
{
    private const string Create = "create";

    /// <exception cref="ApiException">There is no such sweep.</exception>
    public async Task<SearchView> ReadAsync(string id, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction snapshot = await db.BeginSnapshotAsync(cancellationToken);
        Sweep sweep = await db.Sweeps.AsNoTracking().SingleOrDefaultAsync(sweep => sweep.Id == id, cancellationToken) ?? throw ApiException.NotFound("sweep", id);
        SearchState? state = StoredSearch.Find(sweep);
        IStoppingRule? rule = StoredRule.Find(sweep);
        SearchDecision[] proposals = state is null ? [] : await DecisionsAsync(db, id, state, cancellationToken);
        return new SearchView
        {
            Sampler = SamplerOf(sweep),
            Rule = sweep.StoppingRule is { } stored ? StoredRule.Read(stored).Rule : EnumText.Of(StoppingKind.None),
            Rungs = rule is null ? [] : RungTally.Of(rule, await RunsAsync(db, id, cancellationToken)),
            Decisions = [.. proposals.Concat(await RecordsAsync(db, id, cancellationToken)).OrderBy(decision => decision.Time)],
            ToCome = state is null ? 0 : SearchMethods.CountToCome(state),
        };
    }

    /// <summary>A sweep of another version may have a search that this one does not support.</summary>
    private static string SamplerOf(Sweep sweep) =>
        SpecJson.ToElement(sweep.Spec).TryGetProperty("search", out JsonElement search) && search.TryGetProperty("sampler", out JsonElement sampler)
            ? sampler.GetString()!
            : EnumText.Of(SamplerKind.Grid);

    private static async Task<RungRun[]> RunsAsync(StateContext db, string id, CancellationToken cancellationToken)
    {
        var runs = await db.Runs
            .Where(run => run.SweepId == id && run.Progress != null)
            .Select(run => new { run.Status, run.Held, run.Progress, run.PromotedTo, run.Epoch })
            .ToListAsync(cancellationToken);
        return [.. runs.Select(run => new RungRun(StoredProgress.Read(run.Progress!, run.Status, run.Held, run.PromotedTo), run.Epoch))];
    }

    /// <summary>The decisions about how long runs are trained.</summary>
    private static Task<SearchDecision[]> RecordsAsync(StateContext db, string id, CancellationToken cancellationToken) => db.StoppingRecords
        .Where(record => record.SweepId == id)
        .OrderBy(record => record.Id)
        .Select(record => new SearchDecision(record.Time, record.RunId, record.Action, record.Reason))
        .ToArrayAsync(cancellationToken);

    private static async Task<SearchDecision[]> DecisionsAsync(StateContext db, string id, SearchState state, CancellationToken cancellationToken)
    {
        var runs = await db.Runs.Where(run => run.SweepId == id).Select(run => new { run.Cell, run.Id, run.CreatedAt }).ToDictionaryAsync(run => run.Cell, cancellationToken);
        return
        [
            .. from proposal in state.Proposals.DistinctBy(proposal => proposal.Cell)
               where runs.ContainsKey(proposal.Cell)
               let run = runs[proposal.Cell]
               select new SearchDecision(run.CreatedAt, run.Id, Create, ReasonOf(proposal)),
        ];
    }

    private static string ReasonOf(Proposal proposal)
    {
        string basis = string.Create(CultureInfo.InvariantCulture, $"{Count(proposal.Known, "result")} and {Count(proposal.UnderWay, "run")} under way");
        return proposal.Known < AdaptiveSearch.StartupRuns
            ? string.Create(CultureInfo.InvariantCulture, $"draw {proposal.Index + 1}, spread evenly over the space: {basis}, and the sampler learns from {AdaptiveSearch.StartupRuns} results on")
            : string.Create(CultureInfo.InvariantCulture, $"draw {proposal.Index + 1}, where good results are more frequent than others: {basis}");
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
