namespace Experiments.ServiceDefaults.Artifacts;

/// <summary>The artifact store permanently refuses to accept or return a file: a retry would not help.</summary>
/// <param name="leaseLost">True when the attempt does not hold its run's lease any more.</param>
public sealed class ArtifactRefusedException(string message, bool leaseLost = false) : Exception(message)
{
    /// <summary>True when the attempt does not hold the run's lease any more: it has to stop, and a retry is useless.</summary>
    public bool LeaseLost { get; } = leaseLost;
}
