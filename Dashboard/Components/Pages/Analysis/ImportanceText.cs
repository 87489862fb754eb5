using Experiments.Contracts.Api;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>The basis of the importance, and how far to trust it.</summary>
public static class ImportanceText
{
    /// <summary>Below this, the forest hardly predicts better than the mean.</summary>
    private const double LeastExplained = 0.2;

    /// <param name="axes">How many hyperparameters vary.</param>
    public static string Basis(ImportanceView? importance, int axes) => importance switch
    {
        null => "",
        { Hyperparameters.Count: 0, Explained: not null } => "All of these runs came to the same value: there is nothing to explain.",
        { Hyperparameters.Count: 0 } when importance.Runs < importance.RunsNeeded =>
            $"Importance takes at least {AnalysisText.Runs(importance.RunsNeeded)} with a value for {(axes == 1 ? "1 hyperparameter" : $"{axes} hyperparameters")}; there {(importance.Runs == 1 ? "is" : "are")} {importance.Runs}.",
        { Hyperparameters.Count: 0 } => "",
        { Explained: < LeastExplained } => $"Take the shares for noise: from {AnalysisText.Runs(importance.Runs)} the forest predicts others hardly better than their mean does (R² {Score(importance)}).",
        _ => $"Share of the variation that each explains by itself; {Numbers.Percent(importance.Interactions!.Value)} comes from combinations. "
            + $"By functional ANOVA of a forest of {AnalysisText.Runs(importance.Runs)}, which predicts runs it has not seen with R² {Score(importance)}.",
    };

    public static string Explain(string label, HyperparameterImportance importance) =>
        $"{label} by itself explains {Numbers.PercentWithTenths(importance.Share)} of the variation over all combinations; between the trees of the forest that differs by {Numbers.PercentWithTenths(importance.Deviation)} (standard deviation)";

    private static string Score(ImportanceView importance) => importance.Explained!.Value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
