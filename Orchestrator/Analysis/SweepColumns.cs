using Experiments.Contracts.Api;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Columns;
using Experiments.Orchestrator.Runs.Filters;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Analysis;

/// <summary>Shows all runs of a sweep, column by column.</summary>
public sealed class SweepColumns(IDbContextFactory<StateContext> contexts)
{
    /// <summary>Enough for every hyperparameter and the same number of metrics.</summary>
    public const int MostColumns = 100;

    private const string ColumnsName = "columns";

    /// <summary>The named columns of the selected runs.</summary>
    /// <exception cref="ApiException">There is no such sweep, or the query is not valid.</exception>
    internal async Task<RunColumns> ReadAsync(string sweepId, ColumnsParameters query, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<string> names = query.Columns.Values;
        IReadOnlyList<NamedColumn> columns = await FindAsync(db, sweepId, query, ColumnsName, [.. names.Take(MostColumns)], cancellationToken);
        if (names.Count is 0 or > MostColumns)
        {
            query.Refuse(ColumnsName, $"{names.Count} columns; allowed: 1 to {MostColumns} names of hyperparameters or metrics, separated by commas");
        }

        RunQuery selection = await RunQueryReader.ReadAsync(db, sweepId, query, cancellationToken);
        query.ThrowIfInvalid();
        return await ColumnReader.ReadAsync(db, selection, columns, cancellationToken);
    }

    /// <summary>The columns with these names. Unknown names are added to the errors of <paramref name="query"/>, under <paramref name="parameter"/>.</summary>
    internal static async Task<IReadOnlyList<NamedColumn>> FindAsync(
        StateContext db, string sweepId, QueryParameters query, string parameter, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var columns = new List<NamedColumn>();
        List<string>? measured = null;
        foreach (string name in names)
        {
            RunColumn? column = RunColumn.Find(name, measured ?? [], out string problem);
            if (column is null && measured is null)
            {
                // Names of custom metrics have to be collected from all runs.
                measured = await RunQueryReader.MeasuredAsync(db, sweepId, cancellationToken);
                column = RunColumn.Find(name, measured, out problem);
            }

            if (column is not null)
            {
                columns.Add(new NamedColumn(name, column));
            }
            else
            {
                query.Refuse(parameter, $"no such column: {problem}");
            }
        }

        return columns;
    }
}
