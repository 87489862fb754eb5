using System.Net.Sockets;
using System.Text.RegularExpressions;
using Experiments.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Experiments.ServiceDefaults.Startup;

/// <summary>Separates failures that a user can fix from errors in the program.</summary>
internal static partial class StartupFailure
{
    /// <summary>One line that describes the problem; null when only a stack trace would help.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        IOException { InnerException: AddressInUseException } => Sentence(
            exception.Message, "Another program listens there; stop it, or choose another address with ASPNETCORE_URLS (--urls)."),
        IOException or UnauthorizedAccessException => Sentence(exception.Message),
        SocketException socket => Sentence(
            $"Cannot listen on the configured address: {socket.Message}", "Set another with ASPNETCORE_URLS (--urls)."),
        OptionsValidationException options => Sentence(string.Join(" ", options.Failures.Select(failure => Frame().Match(failure) is { Success: true } framed ? framed.Groups["error"].Value : failure))),
        AggregateException { InnerExceptions: [var first, ..] } => Explain(first),
        ArgumentOutOfRangeException { ParamName: "port" } => Sentence(
            "Cannot listen on the configured address: its port is not one from 0 to 65535", "Set another with ASPNETCORE_URLS (--urls)."),
        ServiceConfigurationException => Sentence(exception.Message),
        FormatException when exception.Message.StartsWith("Invalid url", StringComparison.Ordinal) => Sentence(
            exception.Message, "Set an address such as http://localhost:5080 with ASPNETCORE_URLS (--urls)."),
        _ => WrongSetting.Explain(exception) is { } setting ? Sentence(setting) : null,
    };

    /// <summary>The text that .NET adds around the error of an attribute.</summary>
    [GeneratedRegex(@"^DataAnnotation validation failed for '.*' members: '.*' with the error: '(?<error>.*)'\.?\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Frame();

    private static string Sentence(string problem, string? remedy = null)
    {
        string line = problem.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return remedy is null ? line + "." : $"{line}. {remedy}";
    }
}
