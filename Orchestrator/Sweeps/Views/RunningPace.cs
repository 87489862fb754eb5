namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>How far a running run is.</summary>
/// <param name="Epoch">Finished epochs.</param>
/// <param name="Epochs">All of them; it may end earlier where it stops early.</param>
/// <param name="EpochSeconds">What the last epoch took; null before the first has ended.</param>
/// <param name="Since">When its attempt began; null between two attempts.</param>
internal sealed record RunningPace(string SweepId, int Epoch, int Epochs, double? EpochSeconds, DateTimeOffset? Since = null)
{
    /// <summary>Of the whole run, in seconds.</summary>
    public double? Length => Epochs * EpochSeconds;

    /// <summary>Seconds to its end, the present epoch taken to be half done. Null before the first has ended.</summary>
    public double? Left => Math.Max(Epochs - Epoch - 0.5, 0) * EpochSeconds;
}
