using System.Globalization;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Runs.Columns;

namespace Experiments.Orchestrator.Analysis;

/// <summary>A column of runs under the name by which it was asked for.</summary>
internal sealed record NamedColumn(string Name, RunColumn Column)
{
    private readonly bool _isFlag = HyperparameterCatalog.Find(Name)?.Kind == HyperparameterKind.Flag;
    private readonly bool _mayBeList = HyperparameterCatalog.Find(Name) is { Kind: HyperparameterKind.List } or { TakesList: true };

    /// <summary>The value as people wrote it; the database has flags as numbers, lists as text and times as ticks.</summary>
    public ColumnValue Show(object stored) => new(stored switch
    {
        DBNull => null,
        long number when _isFlag => number != 0,
        long status when Column.Kind == RunColumnKind.Status => EnumText.Of((RunStatus)status),
        long failure when Column.Kind == RunColumnKind.Failure => EnumText.Of((FailureKind)failure),
        long ticks when Column.Kind == RunColumnKind.Time => new DateTime(ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture),
        long ticks when Column.Kind == RunColumnKind.Duration => ticks / (double)TimeSpan.TicksPerSecond,
        long number => (double)number,
        string text when _mayBeList && text.StartsWith('[') => ReadList(text),
        _ => stored,
    });

    private static JsonElement ReadList(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
