using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>The order in which hyperparameters are shown: the most important first, without charts that change places at every new run. Pure.</summary>
public static class EffectOrder
{
    /// <param name="before">The names as they are shown now; empty at first.</param>
    /// <returns>Those whose shares differ by less than they differ between trees stay as they are.</returns>
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
