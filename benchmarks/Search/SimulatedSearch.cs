using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Benchmarks.Search;

/// <summary>A search by several workers in simulated time.</summary>
internal static class SimulatedSearch
{
    /// <summary>The best value after each run, in the order in which runs end.</summary>
    /// <param name="evaluate">Larger is better.</param>
    /// <param name="seed">The seed of the times that runs take: between half and one and a half time units.</param>
    public static double[] Best(IProposer proposer, Func<Point, double> evaluate, int workers, int runs, int seed)
    {
        var times = new Random(seed);
        var running = new PriorityQueue<(int Index, double Value), double>();
        double now = 0;
        int started = 0;
        double[] best = new double[runs];
        for (int ended = 0; ended < runs; ended++)
        {
            while (started < runs && running.Count < workers)
            {
                running.Enqueue((started++, evaluate(proposer.Ask())), now + 0.5 + times.NextDouble());
            }

            running.TryDequeue(out (int Index, double Value) run, out now);
            proposer.Tell(run.Index, run.Value);
            best[ended] = ended == 0 ? run.Value : Math.Max(best[ended - 1], run.Value);
        }

        return best;
    }
}
