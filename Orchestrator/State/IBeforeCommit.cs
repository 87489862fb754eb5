namespace Experiments.Orchestrator.State;

/// <summary>Adds to every transaction on the state what follows from its changes, so that both are stored or neither.</summary>
public interface IBeforeCommit
{
    /// <summary>Called last in the transaction. It is quick where nothing follows, because it is called for every write.</summary>
    Task CompleteAsync(StateWrite unit);
}
