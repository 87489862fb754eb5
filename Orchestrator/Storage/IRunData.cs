namespace Experiments.Orchestrator.Storage;

/// <summary>Something that is kept of runs outside of the state: curves, logs, files.</summary>
public interface IRunData
{
    /// <summary>
    /// Removes it for a run that is not in the state any more. What arrives late is not stored again. May be broken off at any point and done again;
    /// where there is nothing it does nothing.
    /// </summary>
    /// <exception cref="IOException">It cannot be removed now.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not remove it.</exception>
    Task RemoveAsync(string runId, CancellationToken cancellationToken);
}
