namespace Experiments.Orchestrator.Storage;

/// <summary>In-memory state that is restored from the database at startup.</summary>
internal interface IRestoredAtStart
{
    Task RestoreAsync(CancellationToken cancellationToken);
}
