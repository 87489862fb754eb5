using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>
/// The multivariate tree-structured Parzen estimator (Bergstra et al., "Algorithms for hyper-parameter optimization", 2011; over all dimensions together as in
/// Falkner et al., "BOHB", 2018; Watanabe, "Tree-structured Parzen estimator: understanding its algorithm components", 2023). It proposes where good trials are dense
/// and other trials are not. Trials under way count as others (a constant liar), so workers that ask at the same time get different points. The record
/// docs/decisions/0031 has the measurements behind the constants.
/// </summary>
public sealed class TpeSampler : ISampler
{
    /// <summary>Before this number of trials has a value, points are quasirandom.</summary>
    internal const int Startup = 10;

    private const double GoodShare = 0.1;
    private const int MostGood = 25;
    private const int Candidates = 24;

    /// <summary>Draws of candidates until enough are new; only spaces with few points need more than <see cref="Candidates"/>.</summary>
    private const int MostDraws = 20 * Candidates;

    public static TpeSampler Instance { get; } = new();

    public Point Propose(SearchSpace space, ulong seed, int index, IReadOnlyList<Trial> history)
    {
        Point[] ranked = [.. TrialRanking.BestFirst(history).Select(trial => trial.Point)];
        if (ranked.Length < Startup)
        {
            return QuasirandomSampler.Instance.Propose(space, seed, index, history);
        }

        int good = Math.Min((int)Math.Ceiling(GoodShare * ranked.Length), MostGood);
        var better = new ParzenEstimator(space, ranked[..good]);
        var others = new ParzenEstimator(space, [.. ranked[good..], .. TrialRanking.UnderWay(history).Select(trial => trial.Point)]);
        HashSet<Point> known = [.. history.Select(trial => trial.Point)];
        return DrawCandidates(better, known, seed, index).MaxBy(point => better.LogDensity(point) - others.LogDensity(point))!;
    }

    /// <summary>New points, as long as draws find any: a point that was tried already teaches nothing.</summary>
    private static List<Point> DrawCandidates(ParzenEstimator better, HashSet<Point> known, ulong seed, int index)
    {
        List<Point> candidates = [];
        Point? last = null;
        for (int draw = 0; draw < MostDraws && candidates.Count < Candidates; draw++)
        {
            last = better.Draw(new DrawStream(seed, index, draw));
            if (!known.Contains(last))
            {
                candidates.Add(last);
            }
        }

        return candidates.Count > 0 ? candidates : [last!];
    }
}
