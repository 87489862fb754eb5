using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Text;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Runs.Columns;
using Experiments.Orchestrator.Runs.Filters;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Groups;

/// <summary>Groups the runs of a sweep by hyperparameters. Runs are read one by one, and only their sums are kept.</summary>
public sealed class RunGrouping(IDbContextFactory<StateContext> contexts, MetricArchive archive)
{
    private const int MostKeys = 8;

    /// <summary>A page of the groups; with a curve, also the mean and deviation of that metric at each step.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    internal async Task<RunGroups> GroupAsync(string sweepId, GroupParameters query, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> by = ReadKeys(query);
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        RunQuery selection = await RunQueryReader.ReadAsync(db, sweepId, query, cancellationToken);
        Sweep sweep = await db.Sweeps.AsNoTracking().SingleAsync(s => s.Id == sweepId, cancellationToken);
        ObjectiveSpec metric = MetricOf(query.Metric, sweep.Objective);
        (RunColumn? column, string problem) = await RunQueryReader.ColumnAsync(db, sweepId, metric.Metric, cancellationToken);
        if (column is not { Kind: RunColumnKind.Number })
        {
            query.Refuse("metric", column is null ? problem : $"not a metric: \"{Quote.Shorten(metric.Metric)}\"; allowed: a metric with a value per epoch");
        }

        GroupSort? sort = GroupSort.Default(metric);
        if (query.Sort is { } order && (sort = GroupSort.Parse(order, by, out string wrong)) is null)
        {
            query.Refuse("sort", wrong);
        }

        query.ThrowIfInvalid();
        GroupTally tally = await TallyAsync(db, selection, by, metric, column!, cancellationToken);
        IReadOnlyList<RunGroup> groups = sort!.Apply(tally.Groups());
        RunGroup[] page = [.. groups.Skip(query.Skip).Take(query.Take)];
        if (query.Curve is { } curve)
        {
            page = await WithCurvesAsync(page, tally, curve, query.MaxPoints, cancellationToken);
        }

        return new RunGroups(by, metric.Metric, groups.Count, tally.Runs, page);
    }

    /// <summary>Reads the curves of all groups in one call, and so on several cores.</summary>
    private async Task<RunGroup[]> WithCurvesAsync(RunGroup[] groups, GroupTally tally, string metric, int points, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>[] sources = [.. groups.Select(group => tally.SourcesOf(group.Number))];
        string[] runs = [.. sources.SelectMany(ids => ids).Distinct()];
        int perRun = GroupCurve.PointsPerRun(runs.Length);
        Dictionary<string, IReadOnlyList<SeriesPoint>> curves = (await archive.ReadManyAsync(runs, [metric], perRun, cancellationToken))
            .ToDictionary(curve => curve.Series.RunId, curve => curve.Points);
        return [.. groups.Zip(sources, (group, ids) => group with
        {
            Curve = GroupCurve.Of([.. ids.Where(curves.ContainsKey).Select(id => curves[id])], points, perRun),
        })];
    }

    private static ObjectiveSpec MetricOf(string? name, ObjectiveSpec objective) =>
        name is null || name == objective.Metric ? objective : new ObjectiveSpec(name, MetricNames.GoalOf(name));

    private static IReadOnlyList<string> ReadKeys(GroupParameters query)
    {
        IReadOnlyList<string> by = query.By.Values;
        if (by.FirstOrDefault(key => HyperparameterCatalog.Find(key) is null) is { } unknown)
        {
            string hint = NearestName.Hint(unknown, HyperparameterCatalog.Names);
            query.Refuse("by", ProblemText.Of($"not a hyperparameter: \"{Quote.Shorten(unknown)}\"", "hyperparameters, separated by commas", hint));
        }
        else if (by.Count > MostKeys)
        {
            query.Refuse("by", $"{by.Count} hyperparameters; allowed: at most {MostKeys}");
        }

        return by;
    }

    private static async Task<GroupTally> TallyAsync(
        StateContext db, RunQuery selection, IReadOnlyList<string> by, ObjectiveSpec metric, RunColumn column, CancellationToken cancellationToken)
    {
        var values = new SqlValues();
        string key = string.Join(", ", by.Select(name => $"Config -> {values.Add($"$.{name}")}"));
        string sql = $"SELECT json_array({key}) AS Key, Id, Cell, Status, CAST({values.Place(column)} AS REAL) AS Value, ReusedFrom AS Source FROM Runs WHERE {selection.Where(values)}";
        var tally = new GroupTally(by, metric);
        await foreach (GroupedRun run in db.Database.SqlQueryRaw<GroupedRun>(sql, values.All).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            tally.Add(run);
        }

        return tally;
    }
}
