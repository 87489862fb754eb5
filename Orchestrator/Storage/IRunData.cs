namespace Experiments.Orchestrator.Storage;

/// <summary>Data of runs that is stored outside of the state: curves, logs, files.</summary>
public interface IRunData
{
    /// <summary>
    /// Removes the data of a run that is no longer in the state. Data that arrives later is not stored. May be interrupted at any point and repeated,
    /// and has no effect when there is nothing to remove.
    /// </summary>
    /// <exception cref="IOException">The data cannot be removed now.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not remove the data.</exception>
    Task RemoveAsync(string runId, CancellationToken cancellationToken);
}
