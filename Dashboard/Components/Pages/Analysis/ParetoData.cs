using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>A run with a value of each objective.</summary>
/// <param name="Others">The values of the objectives besides the metric.</param>
public sealed record ParetoRun(string Id, int Cell, double Value, IReadOnlyList<double> Others);

/// <summary>Runs by several objectives, and those that no other run beats. Pure.</summary>
public sealed record ParetoData(string Metric, Goal Goal, IReadOnlyList<ParetoObjective> Objectives, IReadOnlyList<ParetoRun> Runs)
{
    /// <summary>The front, from the cheapest run to the most expensive.</summary>
    public IReadOnlyList<ParetoRun> Front { get; } =
    [
        .. ParetoFront.Of([.. Runs.Select(run => (double[])[.. run.Others.Zip(Objectives, (value, objective) => Cost(value, objective.Goal)), Cost(run.Value, Goal)])]).Select(index => Runs[index]),
    ];

    /// <param name="valueOf">The value of an objective of the run at an index of the data; null for none.</param>
    public static ParetoData Of(AnalysisData data, IReadOnlyList<ParetoObjective> objectives, Func<ParetoObjective, int, double?> valueOf)
    {
        var runs = new List<ParetoRun>();
        for (int run = 0; run < data.Count; run++)
        {
            double[] others = [.. objectives.Select(objective => valueOf(objective, run)).OfType<double>().Where(double.IsFinite)];
            if (others.Length == objectives.Count)
            {
                runs.Add(new ParetoRun(data.Ids[run], data.Cells[run], data.Values[run], others));
            }
        }

        return new ParetoData(data.Metric, data.Goal, objectives, runs);
    }

    /// <summary>The objectives of a run in words.</summary>
    public string Describe(ParetoRun run) => string.Join("<br>", Objectives.Zip(run.Others, (objective, value) => $"{objective.Label}: <b>{objective.Show(value)}</b>").Prepend($"#{run.Cell}: <b>{Numbers.Metric(Metric, run.Value)}</b>"));

    private static double Cost(double value, Goal goal) => goal == Goal.Minimize ? value : -value;
}
