namespace Experiments.Standalone.Commands;

/// <summary>
/// Settings of the services in the form <c>--Section:Key=VALUE</c>. They are passed to the host and not declared as options.
/// </summary>
internal static class HostSettings
{
    /// <summary>Separates settings from the arguments of the command line.</summary>
    public static (string[] Settings, string[] Others) Split(IReadOnlyList<string> arguments)
    {
        ILookup<bool, string> parts = arguments.ToLookup(argument => argument.Contains('=', StringComparison.Ordinal) && IsName(argument.Split('=')[0]));
        return ([.. parts[true]], [.. parts[false]]);
    }

    /// <summary>Whether it is such a setting's name, as in <c>--Section:Key VALUE</c>.</summary>
    public static bool IsName(string argument) => argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains(':', StringComparison.Ordinal);
}
