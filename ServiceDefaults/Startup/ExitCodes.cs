namespace Experiments.ServiceDefaults.Startup;

/// <summary>Exit codes of a service's process.</summary>
public static class ExitCodes
{
    /// <summary>It stopped on request.</summary>
    public const int Stopped = 0;

    /// <summary>It failed while it was running.</summary>
    public const int Failed = 1;

    /// <summary>It failed to start: a port is taken, a setting is wrong, a folder cannot be written to.</summary>
    public const int CannotStart = 3;
}
