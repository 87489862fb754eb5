using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>What a run's result may be weighed against.</summary>
/// <param name="Name">In the address.</param>
/// <param name="Column">The column of the runs that holds it; null for a figure of the network.</param>
public sealed record ParetoObjective(string Name, string Label, Goal Goal, string? Column, Func<ModelSummary, double> OfModel, Func<double, string> Show)
{
    /// <summary>The most besides the analyzed metric.</summary>
    public const int Most = 2;

    public static IReadOnlyList<ParetoObjective> All { get; } =
    [
        new("parameters", "Parameters", Goal.Minimize, null, model => model.Parameters, value => Numbers.Rough((long)value)),
        new("multiplyAdds", "Multiply-adds", Goal.Minimize, null, model => model.MultiplyAdds, value => Numbers.Rough((long)value)),
        new("bytes", "Bytes of the weights", Goal.Minimize, null, model => model.ParameterBytes, value => Numbers.Bytes((long)value)),
        new("imagesPerSecond", "Training images/s", Goal.Maximize, MetricNames.ImagesPerSecond, _ => double.NaN, value => Numbers.Metric(MetricNames.ImagesPerSecond, value)),
        new("duration", AnalysisText.Label(AnalysisText.Duration), Goal.Minimize, AnalysisText.Duration, _ => double.NaN, Numbers.Significant),
    ];

    /// <summary>The hyperparameters that decide about the network.</summary>
    public static IReadOnlyList<string> NetworkKeys { get; } = ["model", "imageSize", "smallInput"];

    /// <param name="text">Names separated by commas; unknown ones are ignored.</param>
    /// <param name="data">Decides about the default: networks that do not differ have the same parameters.</param>
    public static IReadOnlyList<ParetoObjective> Parse(string? text, AnalysisData data)
    {
        ParetoObjective[] chosen = [.. (text ?? "").Split(',').Select(name => All.FirstOrDefault(one => one.Name == name)).OfType<ParetoObjective>().Distinct().Take(Most)];
        string usual = data.Axes.Any(axis => NetworkKeys.Contains(axis.Name)) ? "parameters" : "imagesPerSecond";
        return chosen.Length > 0 ? chosen : [All.First(one => one.Name == usual)];
    }
}
