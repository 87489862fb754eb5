namespace Experiments.Orchestrator.Messages;

/// <summary>A message that fails on every retry: it goes to the error queue without retries, so that the messages behind it do not wait.</summary>
/// <param name="message">What is wrong, the value given, and what is allowed.</param>
public sealed class BadMessageException(string message) : Exception(message);
