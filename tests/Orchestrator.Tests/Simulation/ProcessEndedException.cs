namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>The process in which this happens was killed: nothing after this point happens. Services take it for their shutdown and unwind.</summary>
internal sealed class ProcessEndedException() : OperationCanceledException("the process was killed here");
