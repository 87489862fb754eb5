namespace Experiments.Orchestrator.Messages;

/// <summary>A message that no retry can make right: it goes to the error queue at once, so that those behind it need not wait.</summary>
/// <param name="message">What is wrong, the value given, what is allowed.</param>
public sealed class BadMessageException(string message) : Exception(message);
