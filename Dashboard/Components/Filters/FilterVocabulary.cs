using System.Globalization;
using System.Text;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Filters;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Text;

namespace Experiments.Dashboard.Components.Filters;

/// <summary>
/// The names and values of a filter of a sweep's runs. Values of hyperparameters come from the sweep's specification, not from its runs, which is as fast for ten
/// thousand runs as for ten.
/// </summary>
public sealed class FilterVocabulary
{
    private readonly Dictionary<string, IReadOnlyList<string>> _values = [];

    /// <param name="names">The names that its runs have; null while unknown.</param>
    public FilterVocabulary(SweepView sweep, RunNames? names)
    {
        SweepSpec? spec = SweepSpecReader.TryRead(sweep.Spec, out SweepSpec? read, out _) ? read : null;
        Metrics = names?.Metrics ?? [];
        HyperparameterDefinition[] varied = [.. spec?.Varied ?? []];
        Names =
        [
            .. varied.Select(Describe),
            .. new[] { spec?.Objective.Metric }.Concat(FilterNames.Metrics.Take(2)).OfType<string>().Distinct().Select(Metric),
            .. FilterNames.Facts,
            .. FilterNames.Metrics.Concat(Metrics).Where(name => HyperparameterCatalog.Find(name) is null).Select(Metric),
            .. HyperparameterCatalog.All.Select(Describe),
        ];
        Names = [.. Names.DistinctBy(name => name.Name)];
        foreach (HyperparameterDefinition definition in HyperparameterCatalog.All)
        {
            _values[definition.Name] = [.. ValuesOf(definition, spec).OfType<string>().Distinct()];
        }

        _values["status"] = EnumText.All<RunStatus>();
        _values["failure"] = EnumText.All<FailureKind>();
        _values["tag"] = Quoted(names?.Tags);
        _values["workerId"] = Quoted(names?.Workers);
        foreach (string time in (string[])["createdAt", "startedAt", "finishedAt"])
        {
            _values[time] = [sweep.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        }
    }

    /// <summary>The metrics that the runs have.</summary>
    public IReadOnlyList<string> Metrics { get; }

    /// <summary>The names that can be compared, the most frequent first.</summary>
    public IReadOnlyList<FilterName> Names { get; }

    /// <summary>The full name of a written name; null if it is unknown or ambiguous.</summary>
    public FilterName? Find(string written) =>
        FilterNames.Resolve(written, Metrics) is [string only] ? Names.FirstOrDefault(name => name.Name == only) : null;

    /// <summary>The known values of a name, in filter syntax.</summary>
    public IReadOnlyList<string> ValuesOf(string name) => _values.GetValueOrDefault(name, []);

    private static FilterName Describe(HyperparameterDefinition definition) =>
        new(definition.Name, definition.Label, definition.Kind is HyperparameterKind.Integer or HyperparameterKind.Number);

    private static FilterName Metric(string name) => new(name, "Metric, its best value", HasSize: true);

    private static IReadOnlyList<string> Quoted(IReadOnlyList<string>? texts) => [.. (texts ?? []).Select(FilterText.Quote).OfType<string>()];

    /// <summary>The values of the sweep's axes, its fixed values, and the hyperparameter's choices.</summary>
    private static IEnumerable<string?> ValuesOf(HyperparameterDefinition definition, SweepSpec? spec)
    {
        IEnumerable<object?> tried = (spec?.Grids ?? []).SelectMany(grid => grid.Axes).Where(axis => axis.Hyperparameter == definition).SelectMany(axis => axis.Values)
            .Concat((spec?.Space ?? []).OfType<ChoiceAxis>().Where(axis => axis.Hyperparameter == definition).SelectMany(axis => axis.Values));
        IEnumerable<object?> given = (spec?.Base ?? []).Where(assignment => assignment.Hyperparameter == definition).Select(assignment => assignment.Value);
        return tried.Concat(given).Select(value => Write(definition, value))
            .Append(tried.Concat(given).Any() ? null : Write(definition, definition.Get(Hyperparameters.Default)))
            .Concat(definition.Choices);
    }

    private static string? Write(HyperparameterDefinition definition, object? value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            definition.Write(writer, value);
        }

        using JsonDocument json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        return FilterText.Value(json.RootElement);
    }
}
