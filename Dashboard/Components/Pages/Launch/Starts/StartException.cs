namespace Experiments.Dashboard.Components.Pages.Launch.Starts;

/// <summary>A new sweep cannot start from what was asked for; the message is for the user.</summary>
public sealed class StartException(string message) : Exception(message);
