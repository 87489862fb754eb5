namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>The draws of one candidate, one after the other.</summary>
/// <param name="seed">Of the candidate.</param>
/// <param name="index">The index of the proposed point.</param>
internal sealed class DrawStream(ulong seed, int index, int candidate)
{
    /// <summary>Apart from the draws of dimensions, which other samplers take.</summary>
    private const int Candidates = -1;

    private readonly ulong _key = CounterHash.Bits(seed, index, Candidates, candidate);
    private int _drawn;

    /// <summary>Uniform in [0, 1).</summary>
    public double Next() => CounterHash.Unit(_key, index, Candidates, _drawn++);
}
