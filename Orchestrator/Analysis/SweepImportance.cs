using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;
using Experiments.Orchestrator.Analysis.Importance;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Filters;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Analysis;

/// <summary>Computes how much each hyperparameter of a sweep matters.</summary>
public sealed class SweepImportance(IDbContextFactory<StateContext> contexts)
{
    private const string MetricName = "metric";
    private const string HyperparametersName = "hyperparameters";

    /// <summary>Over the selected runs.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    internal async Task<ImportanceView> ReadAsync(string sweepId, ImportanceParameters query, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Sweep sweep = await db.Sweeps.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sweepId, cancellationToken)
            ?? throw ApiException.NotFound("sweep", sweepId);
        string metric = query.Metric ?? sweep.ObjectiveMetric;
        IReadOnlyList<string> hyperparameters = query.Hyperparameters.Values is { Count: > 0 } named
            ? named
            : [.. AxesOf(sweep).Where(name => name != metric)];
        foreach (string name in hyperparameters.Where(name => HyperparameterCatalog.Find(name) is null || name == metric))
        {
            string hint = HyperparameterCatalog.Find(name) is null ? NearestName.Hint(name, HyperparameterCatalog.Names) : "";
            query.Refuse(HyperparametersName, ProblemText.Of($"not a hyperparameter to explain {Quote.Shorten(metric)} with: \"{Quote.Shorten(name)}\"", "names of other hyperparameters", hint));
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

    /// <summary>Empty for a sweep whose stored spec this version cannot read.</summary>
    private static IEnumerable<string> AxesOf(Sweep sweep) =>
        SweepSpecReader.TryRead(SpecJson.ToElement(sweep.Spec), out SweepSpec? spec, out _) ? spec.Varied.Select(hyperparameter => hyperparameter.Name) : [];
}
