namespace Experiments.AppHost.Settings;

/// <summary>A setting is wrong, or what it asks for is not on this machine; the message says what to do about it.</summary>
internal sealed class AppHostSettingsException(string message) : Exception(message)
{
    /// <summary>What the services answer too when they cannot start.</summary>
    public const int ExitCode = 3;
}
