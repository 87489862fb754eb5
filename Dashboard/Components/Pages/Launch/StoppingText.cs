using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Components.Pages.Launch;

/// <summary>Stopping rules in words. Pure.</summary>
public static class StoppingText
{
    /// <summary>Enough rungs for a line; later ones are left out.</summary>
    private const int MostRungs = 6;

    /// <summary>A sentence about the rule.</summary>
    public static string Of(StoppingKind rule) => rule switch
    {
        StoppingKind.Median => "A run whose best value is worse than the median of the other runs' averages is stopped.",
        StoppingKind.Asha => "At each rung the best runs continue, and the others pause until they are promoted.",
        StoppingKind.Hyperband => "As asha, with several first rungs, among which the runs are divided.",
        _ => "Every run is trained to its last epoch.",
    };

    /// <summary><c>Rungs after epochs 1, 3 and 9 of 27.</c></summary>
    /// <param name="epochs">The epochs of the longest run.</param>
    public static string Rungs(StoppingSpec stopping, int epochs)
    {
        // The form also holds values that are refused.
        if (stopping.Rule == StoppingKind.Median || stopping.MinEpochs < 1 || stopping.Factor < 2)
        {
            return "";
        }

        string[] rungs = [.. StoppingSpec.RungsOf(stopping.MinEpochs, stopping.Factor, epochs).Take(MostRungs).Select(epoch => $"{epoch}")];
        return rungs.Length switch
        {
            0 => $"No rung before the last of {epochs} epochs: no run is paused.",
            1 => $"A rung after epoch {rungs[0]} of {epochs}.",
            _ => $"Rungs after epochs {string.Join(", ", rungs[..^1])} and {rungs[^1]} of {epochs}.",
        };
    }
}
