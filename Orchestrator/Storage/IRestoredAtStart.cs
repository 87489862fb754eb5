namespace Experiments.Orchestrator.Storage;

/// <summary>Something kept in memory that begins as what was stored.</summary>
internal interface IRestoredAtStart
{
    Task RestoreAsync(CancellationToken cancellationToken);
}
