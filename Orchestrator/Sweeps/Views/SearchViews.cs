using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
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

    /// <param name="decisions">The number of decisions to answer, the latest ones; null for all.</param>
    /// <exception cref="ApiException">There is no such sweep.</exception>
    public async Task<SearchView> ReadAsync(string id, int? decisions, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction snapshot = await db.BeginSnapshotAsync(cancellationToken);
        Sweep sweep = await FindAsync(db, id, cancellationToken);
        SearchState? state = StoredSearch.Find(sweep);
        IStoppingRule? rule = StoredRule.Find(sweep);
        SearchDecision[] proposals = state is null ? [] : await DecisionsAsync(db, id, state, cancellationToken);
        SearchDecision[] all = [.. proposals.Concat(await RecordsAsync(db, id, decisions, cancellationToken)).OrderBy(decision => decision.Time)];
        return new SearchView
        {
            Sampler = SamplerOf(sweep),
            Rule = sweep.StoppingRule is { } stored ? StoredRule.Read(stored).Rule : EnumText.Of(StoppingKind.None),
            Rungs = rule is null ? [] : RungTally.Of(rule, await RungRun.ReadAsync(db, id, cancellationToken)),
            Decisions = all[^Math.Min(decisions ?? all.Length, all.Length)..],
            ToCome = state is null ? 0 : SearchMethods.CountToCome(state),
            Next = await NextRuns.ReadAsync(db, id, rule, cancellationToken),
        };
    }

    /// <param name="maxPoints">The most runs per rung.</param>
    /// <exception cref="ApiException">There is no such sweep.</exception>
    public async Task<SearchRungs> ReadRungsAsync(string id, int maxPoints, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction snapshot = await db.BeginSnapshotAsync(cancellationToken);
        Sweep sweep = await FindAsync(db, id, cancellationToken);
        bool lowerIsBetter = sweep.ObjectiveGoal == Goal.Minimize;
        return new SearchRungs
        {
            Metric = sweep.ObjectiveMetric,
            Goal = sweep.ObjectiveGoal,
            Rungs = StoredRule.Find(sweep) is { } rule
                ? RungTally.PointsOf(rule, lowerIsBetter, await RungRun.ReadAsync(db, id, cancellationToken), maxPoints)
                : [],
        };
    }

    private static async Task<Sweep> FindAsync(StateContext db, string id, CancellationToken cancellationToken) =>
        await db.Sweeps.AsNoTracking().SingleOrDefaultAsync(sweep => sweep.Id == id, cancellationToken) ?? throw ApiException.NotFound("sweep", id);

    /// <summary>A sweep of another version may have a search that this one does not support.</summary>
    private static string SamplerOf(Sweep sweep) =>
        SpecJson.ToElement(sweep.Spec).TryGetProperty("search", out JsonElement search) && search.TryGetProperty("sampler", out JsonElement sampler)
            ? sampler.GetString()!
            : EnumText.Of(SamplerKind.Grid);

    /// <summary>The decisions about how long runs are trained, in any order.</summary>
    private static async Task<IEnumerable<SearchDecision>> RecordsAsync(StateContext db, string id, int? latest, CancellationToken cancellationToken)
    {
        IQueryable<StoppingRecord> records = db.StoppingRecords.Where(record => record.SweepId == id).OrderByDescending(record => record.Id);
        var found = await (latest is { } count ? records.Take(count) : records)
            .Join(db.Runs, record => record.RunId, run => run.Id, (record, run) => new { Record = record, run.Cell })
            .ToListAsync(cancellationToken);
        return found
            .OrderBy(one => one.Record.Id)
            .Select(one => new SearchDecision(one.Record.Time, one.Record.RunId, one.Cell, one.Record.Action, one.Record.Reason));
    }

    private static async Task<SearchDecision[]> DecisionsAsync(StateContext db, string id, SearchState state, CancellationToken cancellationToken)
    {
        var runs = await db.Runs.Where(run => run.SweepId == id).Select(run => new { run.Cell, run.Id, run.CreatedAt }).ToDictionaryAsync(run => run.Cell, cancellationToken);
        return
        [
            .. from proposal in state.Proposals.DistinctBy(proposal => proposal.Cell)
               where runs.ContainsKey(proposal.Cell)
               let run = runs[proposal.Cell]
               select new SearchDecision(run.CreatedAt, run.Id, run.Cell, Create, ReasonOf(proposal)),
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
