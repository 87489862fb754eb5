namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>The process was killed: no code after this point runs. Services treat it as their shutdown and unwind.</summary>
internal sealed class ProcessEndedException() : OperationCanceledException("the process was killed here");
