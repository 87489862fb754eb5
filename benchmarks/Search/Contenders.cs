using Experiments.Orchestrator.Search.Samplers;
using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Benchmarks.Search;

/// <summary>A sampler in a comparison.</summary>
/// <param name="Start">Starts a search in a space with a seed.</param>
internal sealed record Contender(string Name, Func<SearchSpace, int, IProposer> Start);

/// <summary>Our samplers, and Optuna's when there is a peer.</summary>
internal static class Contenders
{
    public static IReadOnlyList<Contender> Of(OptunaPeer? peer) =>
    [
        Ours("random", RandomSampler.Instance),
        Ours("quasirandom", QuasirandomSampler.Instance),
        Ours("tpe", TpeSampler.Instance),
        .. peer is null ? (Contender[])[] : [Theirs(peer, "default"), Theirs(peer, "multivariate")],
    ];

    private static Contender Ours(string name, ISampler sampler) => new(name, (space, seed) => new OurProposer(sampler, space, (ulong)seed));

    private static Contender Theirs(OptunaPeer peer, string kind) => new($"optuna {kind}", (space, seed) => peer.Search(kind, space, seed));
}
