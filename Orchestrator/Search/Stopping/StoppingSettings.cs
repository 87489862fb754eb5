namespace Experiments.Orchestrator.Search.Stopping;

/// <summary>How a sweep stops its runs.</summary>
/// <param name="Rule">A name of <see cref="StoppingRules.Names"/>.</param>
/// <param name="Epochs">The budget: the number of epochs of a run that is never stopped.</param>
public sealed record StoppingSettings(string Rule, int Epochs)
{
    /// <summary>No run is paused or stopped before this epoch. The first rung of halving rules.</summary>
    public int MinEpochs { get; init; } = 1;

    /// <summary>At a rung one of this number of runs continues, and the next rung is this number of times later.</summary>
    public int Factor { get; init; } = 3;

    /// <summary>Whether the objective is minimized.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>What is wrong, and what to write instead, by the name of the setting; empty when valid.</summary>
    public IEnumerable<(string Setting, string Message)> Check()
    {
        if (!StoppingRules.Names.Contains(Rule))
        {
            yield return ("rule", $"not a stopping rule: {Rule}; write one of {string.Join(", ", StoppingRules.Names)}");
        }

        if (Epochs < 1)
        {
            yield return ("epochs", $"{Epochs} epochs; write at least 1");
        }

        if (MinEpochs < 1 || MinEpochs > Epochs)
        {
            yield return ("minEpochs", $"minEpochs {MinEpochs} with {Epochs} epochs; write 1 to {Epochs}");
        }

        if (Factor < 2)
        {
            yield return ("factor", $"factor {Factor}; write at least 2");
        }
    }
}
