namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>The Orchestrator does not answer, or cannot accept or return a file now: a retry may succeed.</summary>
internal sealed class ArtifactUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
