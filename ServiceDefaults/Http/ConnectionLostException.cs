namespace Experiments.ServiceDefaults.Http;

/// <summary>The remote end of a connection sends nothing, or the connection broke. Unlike other I/O exceptions, it never reports a disk error.</summary>
/// <param name="message">What happened, without a full stop.</param>
/// <param name="inner">The original exception.</param>
public sealed class ConnectionLostException(string message, Exception inner) : IOException(message, inner);
