namespace Experiments.ServiceDefaults.Startup;

/// <summary>Exit codes of a service's process.</summary>
public static class ExitCodes
{
    /// <summary>It was asked to stop, and did.</summary>
    public const int Stopped = 0;

    /// <summary>An error ended it while it was running.</summary>
    public const int Failed = 1;

    /// <summary>It never came up: a port is taken, a setting is wrong, a folder cannot be written.</summary>
    public const int CannotStart = 3;
}
