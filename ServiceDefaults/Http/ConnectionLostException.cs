namespace Experiments.ServiceDefaults.Http;

/// <summary>The other end of a connection sends nothing, or the connection broke. Unlike any <see cref="IOException"/>, it is never about a disk.</summary>
/// <param name="message">What happened, without a full stop.</param>
/// <param name="inner">What the connection threw.</param>
public sealed class ConnectionLostException(string message, Exception inner) : IOException(message, inner);
