namespace Experiments.ServiceDefaults.Http;

/// <summary>The other end of a connection sends nothing, or the connection broke. Unlike <see cref="IOException"/>, it never means a disk.</summary>
/// <param name="message">What happened, without a full stop.</param>
/// <param name="inner">The original exception.</param>
public sealed class ConnectionLostException(string message, Exception inner) : IOException(message, inner);
