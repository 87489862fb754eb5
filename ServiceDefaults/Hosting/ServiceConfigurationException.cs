namespace Experiments.ServiceDefaults.Hosting;

/// <summary>A setting is missing or wrong; the message names it, quotes its value and says what is allowed.</summary>
public sealed class ServiceConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
