namespace Experiments.Benchmarks.Search;

/// <summary>Compares samplers on analytic functions.</summary>
/// <param name="peer">The path of <c>optuna_peer.py</c>; null for none.</param>
internal sealed class FunctionsBenchmark(int seeds, string? peer)
{
    public void Run()
    {
        using OptunaPeer? optuna = peer is null ? null : new OptunaPeer(peer);
        foreach (AnalyticFunction function in AnalyticFunction.All)
        {
            Regrets.Print(function.Name, function.Space, point => -function.Value([.. point.Values]), -function.Minimum, Contenders.Of(optuna), seeds);
        }
    }
}
