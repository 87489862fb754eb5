namespace Experiments.AppHost.Settings;

/// <summary>A setting is invalid, or this machine does not fulfill it; the message says what to do about it.</summary>
internal sealed class AppHostSettingsException(string message) : Exception(message)
{
    /// <summary>The same exit code as that of services that cannot start.</summary>
    public const int ExitCode = 3;
}
