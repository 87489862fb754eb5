using System.Text.RegularExpressions;

namespace Experiments.ServiceDefaults.Startup;

/// <summary>Extracts the setting from .NET's error about a value of the wrong type, and adds what is allowed.</summary>
internal static partial class WrongSetting
{
    private const string Levels = "Trace, Debug, Information, Warning, Error, Critical, None";

    /// <returns>Null for any other failure.</returns>
    public static string? Explain(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is InvalidOperationException && Conversion().Match(cause.Message) is { Success: true } conversion)
            {
                string value = conversion.Groups["value"] is { Success: true } given ? $"is \"{given.Value}\"" : "cannot be read";
                return $"{conversion.Groups["key"].Value} {value}; allowed: {Allowed(conversion.Groups["type"].Value)}";
            }

            if (cause is InvalidOperationException && LogLevel().Match(cause.Message) is { Success: true } level)
            {
                return $"A level under Logging:LogLevel is \"{level.Groups["value"].Value}\"; allowed: {Levels}";
            }
        }

        return null;
    }

    private static string Allowed(string type) => type switch
    {
        "System.Int16" or "System.Int32" or "System.Int64" => "a whole number",
        "System.UInt16" or "System.UInt32" or "System.UInt64" => "a whole number from 0",
        "System.Single" or "System.Double" or "System.Decimal" => "a number, with a point for decimals",
        "System.Boolean" => "true or false",
        "System.TimeSpan" => "a time as hours, minutes and seconds, such as 00:00:30",
        "System.Uri" => "an address, such as http://host:5081",
        _ => NamesOf(type) is { Length: > 0 } names ? string.Join(", ", names) : $"a value of type {type}",
    };

    /// <summary>The names of an enumeration's values.</summary>
    private static string[] NamesOf(string type) =>
        AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(type)).FirstOrDefault(found => found is not null) is { IsEnum: true } names ? Enum.GetNames(names) : [];

    [GeneratedRegex(@"^Failed to convert configuration value (?:'(?<value>.*)' )?at '(?<key>.+)' to type '(?<type>[^']+)'", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Conversion();

    [GeneratedRegex(@"^Configuration value '(?<value>.*)' (for category .* )?is not supported", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LogLevel();
}
