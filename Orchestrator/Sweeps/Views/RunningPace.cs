namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>The progress of a running run.</summary>
/// <param name="Epoch">The number of finished epochs.</param>
/// <param name="Epochs">The total number of epochs; early stopping may end the run before.</param>
/// <param name="EpochSeconds">The duration of the last epoch; null before the first has ended.</param>
/// <param name="Since">When its attempt began; null between attempts.</param>
internal sealed record RunningPace(string SweepId, int Epoch, int Epochs, double? EpochSeconds, DateTimeOffset? Since = null)
{
    /// <summary>The expected duration of the whole run, in seconds.</summary>
    public double? Length => Epochs * EpochSeconds;

    /// <summary>The remaining seconds, counting the current epoch as half done. Null before the first epoch has ended.</summary>
    public double? Left => Math.Max(Epochs - Epoch - 0.5, 0) * EpochSeconds;
}
