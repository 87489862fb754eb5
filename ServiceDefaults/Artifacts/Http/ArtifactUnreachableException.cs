namespace Experiments.ServiceDefaults.Artifacts.Http;

/// <summary>The Orchestrator does not answer, or cannot take or give a file now: it is worth asking again.</summary>
internal sealed class ArtifactUnreachableException(string message, Exception? inner = null) : Exception(message, inner);
