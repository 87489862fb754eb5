using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Search.Stopping;

/// <summary>The rungs of successive halving, and the brackets of Hyperband (Li et al., 2018): the same rungs without the first 0, 1, 2 ... of them.</summary>
internal static class Brackets
{
    public static IReadOnlyList<int> RungsOf(StoppingSettings settings) => StoppingSpec.RungsOf(settings.MinEpochs, settings.Factor, settings.Epochs);

    /// <summary>From the bracket with all rungs to the one with none, whose runs are all trained to the end.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(StoppingSettings settings)
    {
        IReadOnlyList<int> rungs = RungsOf(settings);
        return [.. Enumerable.Range(0, rungs.Count + 1).Select(skipped => rungs.Skip(skipped).ToArray())];
    }

    /// <summary>How many runs a bracket starts for each run of the bracket without rungs: factor^s / (s + 1) with s rungs.</summary>
    public static double WeightOf(IReadOnlyList<int> rungs, int factor) => Math.Pow(factor, rungs.Count) / (rungs.Count + 1);

    /// <summary>The bracket of the next run: the one that is furthest below its share of the runs. All brackets get about the same number of epochs.</summary>
    /// <param name="runs">The number of runs in each bracket.</param>
    public static int Next(IReadOnlyList<IReadOnlyList<int>> brackets, IReadOnlyList<int> runs, int factor)
    {
        double[] weights = [.. brackets.Select(rungs => WeightOf(rungs, factor))];
        double total = weights.Sum();
        int next = runs.Sum() + 1;
        return Enumerable.Range(0, brackets.Count).MaxBy(bracket => (weights[bracket] / total * next) - runs[bracket]);
    }
}
