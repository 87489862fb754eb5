namespace Experiments.Dashboard.Components.Pages.Launch.Starts;

/// <summary>The requested start of a sweep is not available; the message is for the user.</summary>
public sealed class StartException(string message) : Exception(message);
