using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Sweeps;

/// <summary>The budget of a stopping rule: the epochs of a run that is never stopped.</summary>
public static class StoppingBudget
{
    private const string Epochs = "epochs";

    /// <summary>The epochs of the sweep's longest run, at least 1.</summary>
    public static int Of(SweepSpec spec) => Values(spec).Max();

    private static IEnumerable<int> Values(SweepSpec spec)
    {
        int shared = spec.Base.LastOrDefault(assignment => assignment.Hyperparameter.Name == Epochs)?.Value is { } value ? ToEpochs(value) : new Hyperparameters().Epochs;
        foreach (SpaceAxis axis in spec.Space.Where(axis => axis.Hyperparameter.Name == Epochs))
        {
            yield return axis switch
            {
                RangeAxis range => ToEpochs(range.Maximum),
                ChoiceAxis choice => choice.Values.Max(ToEpochs),
                _ => shared,
            };
            yield break;
        }

        IEnumerable<GridAxis?> axes = spec.Grids.Select(grid => grid.Axes.FirstOrDefault(axis => axis.Hyperparameter.Name == Epochs));
        foreach (GridAxis? axis in axes.DefaultIfEmpty(null))
        {
            yield return axis?.Values.Max(ToEpochs) ?? shared;
        }
    }

    private static int ToEpochs(object? value) => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture);
}
