using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Analysis.Importance;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Filters;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Analysis;

/// <summary>How much the hyperparameters of a sweep matter.</summary>
public sealed class SweepImportance(IDbContextFactory<StateContext> contexts)
{
    private const string MetricName = "metric";
    private const string HyperparametersName = "hyperparameters";

    /// <summary>
    /// As the query asks: <c>metric</c> (the objective by default), <c>hyperparameters</c> (the axes of the grid by default), of the runs that <c>status</c>
    /// and <c>filter</c> select.
    /// </summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    public async Task<ImportanceView> ReadAsync(string sweepId, IQueryCollection values, CancellationToken cancellationToken)
    {
        var query = new Query(values);
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Sweep sweep = await db.Sweeps.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sweepId, cancellationToken)
            ?? throw ApiException.NotFound("sweep", sweepId);
        string metric = query.Text(MetricName) ?? sweep.ObjectiveMetric;
        IReadOnlyList<string> hyperparameters = query.Texts(HyperparametersName) is { Count: > 0 } named
            ? named
            : [.. AxesOf(sweep).Where(name => name != metric)];
        foreach (string name in hyperparameters.Where(name => HyperparameterCatalog.Find(name) is null || name == metric))
        {
            string hint = HyperparameterCatalog.Find(name) is null ? NearestName.Hint(name, HyperparameterCatalog.Names) : "";
            query.Refuse(HyperparametersName, Refusal.Text($"not a hyperparameter to explain {Query.Shorten(metric)} with: \"{Query.Shorten(name)}\"", "names of other hyperparameters", hint));
        }

        IReadOnlyList<NamedColumn> columns =
        [
            .. await SweepColumns.FindAsync(db, sweepId, query, MetricName, [metric], cancellationToken),
            .. await SweepColumns.FindAsync(db, sweepId, query, HyperparametersName, [.. hyperparameters.Where(name => HyperparameterCatalog.Find(name) is not null)], cancellationToken),
        ];
        RunQuery selection = await RunQueryReader.ReadAsync(db, sweepId, query, cancellationToken);
        query.ThrowIfInvalid();
        return HyperparameterImportances.Of(metric, await ColumnReader.ReadAsync(db, selection, columns, cancellationToken), hyperparameters);
    }

    /// <summary>None of a sweep that another version wrote in another way.</summary>
    private static IEnumerable<string> AxesOf(Sweep sweep) =>
        SweepSpecReader.TryRead(SpecJson.ToElement(sweep.Spec), out SweepSpec? spec, out _) ? spec.Varied.Select(hyperparameter => hyperparameter.Name) : [];
}
