using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>Orders hyperparameters by importance, the most important first, without reordering the charts after every new run. Pure.</summary>
public static class EffectOrder
{
    /// <param name="before">The currently shown order; empty at first.</param>
    /// <returns>The axes in their new order. It changes only if an importance exceeds its predecessor's by more than the deviation between trees.</returns>
    public static IReadOnlyList<AnalysisAxis> Next(IReadOnlyList<string> before, IReadOnlyList<AnalysisAxis> axes, ImportanceView? importance)
    {
        Dictionary<string, HyperparameterImportance> found = (importance?.Hyperparameters ?? []).ToDictionary(hyperparameter => hyperparameter.Name);
        double Share(AnalysisAxis axis) => found.GetValueOrDefault(axis.Name)?.Share ?? -1;
        double Deviation(AnalysisAxis axis) => found.GetValueOrDefault(axis.Name)?.Deviation ?? 0;
        AnalysisAxis[] byShare = [.. axes.OrderByDescending(Share)];
        if (before.Count == 0)
        {
            return byShare;
        }

        AnalysisAxis[] asBefore = [.. byShare.OrderBy(axis => before.TakeWhile(name => name != axis.Name).Count())];
        bool isStillRight = asBefore.Zip(asBefore.Skip(1)).All(pair =>
            Share(pair.Second) - Share(pair.First) <= Math.Max(Deviation(pair.First), Deviation(pair.Second)));
        return isStillRight ? asBefore : byShare;
    }
}
