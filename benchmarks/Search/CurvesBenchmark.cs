using System.Collections.Frozen;
using Experiments.Orchestrator.Search.Samplers;
using Experiments.Orchestrator.Search.Spaces;
using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Benchmarks.Search;

/// <summary>Replays recorded curves: samplers over whole trainings, and stopping rules over epochs in simulated time.</summary>
/// <param name="peer">The path of <c>optuna_peer.py</c>; null for none.</param>
internal sealed class CurvesBenchmark(IReadOnlyList<Curve> curves, int seeds, string? peer)
{
    private const double Near = 0.005;
    private const int GridSeeds = 100;

    private static readonly int[] Workers = [1, 8, 64];

    private readonly FrozenDictionary<Point, int> _places = curves.Index().ToFrozenDictionary(curve => PointOf(curve.Item), curve => curve.Index);
    private readonly double _best = curves.Max(curve => curve.Final);
    private readonly int _epochs = curves.Count * curves[0].Accuracies.Count;

    private StoppingSettings Asha => new("asha", curves[0].Accuracies.Count) { MinEpochs = 3, Factor = 3 };

    public void Run()
    {
        Console.WriteLine($"{curves.Count} curves of {curves[0].Accuracies.Count} epochs; the best ends at {_best:F4}");
        using (OptunaPeer? optuna = peer is null ? null : new OptunaPeer(peer))
        {
            Regrets.Print("curves", CurveGrid.Space, point => curves[_places[point]].Final, _best, Contenders.Of(optuna), seeds);
        }

        foreach (int workers in Workers)
        {
            PrintRandom(workers);
            PrintTpe(workers);
        }

        PrintGrid();
    }

    /// <summary>The epochs until a run that ends within 0.5 points of the best has ended.</summary>
    private void PrintRandom(int workers)
    {
        ReplayOutcome[] outcomes = [.. Enumerable.Range(0, seeds).Select(seed => new CurveReplay(curves, StoppingRules.Create(Asha), workers).Run(Shuffled(seed)))];
        Print($"asha, random, {workers} workers", outcomes);
    }

    private void PrintTpe(int workers)
    {
        ReplayOutcome[] outcomes = [.. Enumerable.Range(0, seeds).Select(seed =>
        {
            var replay = new CurveReplay(curves, StoppingRules.Create(Asha), workers);
            return replay.Run(Proposed(replay, (ulong)seed));
        })];
        Print($"asha, tpe, {workers} workers", outcomes);
    }

    private void Print(string name, ReplayOutcome[] outcomes)
    {
        IEnumerable<double> needed = outcomes.Select(outcome => outcome.EpochsUntil(_best - Near) is { } epochs ? (double)epochs / _epochs : double.PositiveInfinity);
        Console.WriteLine(
            $"{name}: epochs until within 0.5 points of the best, of all in the table: median {Regrets.Median(needed):F3} (goal 0.25); "
            + $"workers busy while configurations remain {outcomes.Min(outcome => outcome.BusyWhileStarting):P1} (goal 95 %), overall {Regrets.Median(outcomes.Select(outcome => outcome.Busy)):P1}");
    }

    /// <summary>The whole grid in a random order.</summary>
    private void PrintGrid()
    {
        ReplayOutcome[] outcomes = [.. Enumerable.Range(0, GridSeeds).Select(seed => new CurveReplay(curves, StoppingRules.Create(Asha), 8).Run(Shuffled(seed)))];
        int named = outcomes.Count(outcome => outcome.Winner is { } winner && curves[winner].Final == _best);
        Console.WriteLine($"grid with asha, 8 workers: names the winner in {named} of {GridSeeds} seeds (goal 95) with {outcomes.Average(outcome => (double)outcome.Epochs / _epochs):F3} of the epochs (goal 0.35)");
    }

    private int[] Shuffled(int seed)
    {
        int[] order = [.. Enumerable.Range(0, curves.Count)];
        new Random(seed).Shuffle(order);
        return order;
    }

    /// <summary>What a sampler proposes while the replay runs; points that were proposed before are left out.</summary>
    private IEnumerable<int> Proposed(CurveReplay replay, ulong seed)
    {
        List<Point> points = [];
        for (int index = 0; index < curves.Count; index++)
        {
            Trial[] history = [.. points.Select((point, run) => new Trial(point, replay.LastValue(_places[point])) { Epochs = replay.LastEpoch(_places[point]) })];
            Point next = TpeSampler.Instance.Propose(CurveGrid.Space, seed, index, history);
            if (!points.Contains(next))
            {
                points.Add(next);
                yield return _places[next];
            }
        }
    }

    private static Point PointOf(Curve curve) => new([.. curve.Levels.Select(level => (double)level)]);
}
