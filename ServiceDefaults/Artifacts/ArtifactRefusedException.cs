namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>The keeper of the artifacts does not take or give a file, and asking again would not help.</summary>
/// <param name="leaseLost">True when that is because the attempt does not hold its run's lease any more.</param>
public sealed class ArtifactRefusedException(string message, bool leaseLost = false) : Exception(message)
{
    /// <summary>True when the attempt does not hold the run's lease any more: it has to stop, and sending again is useless.</summary>
    public bool LeaseLost { get; } = leaseLost;
}
