using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Experiments.ServiceDefaults.Hosting;

/// <summary>Tells failures that a user can mend from errors in the program.</summary>
internal static class StartupFailure
{
    /// <summary>One line that says what is wrong; null when only a stack trace would tell.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        IOException { InnerException: AddressInUseException } => Sentence(
            exception.Message, "Another program listens there; stop it, or choose another address with ASPNETCORE_URLS (--urls)."),
        IOException or UnauthorizedAccessException => Sentence(exception.Message),
        SocketException socket => Sentence(
            $"Cannot listen on the configured address: {socket.Message}", "Set another with ASPNETCORE_URLS (--urls)."),
        OptionsValidationException options => Sentence(string.Join(" ", options.Failures)),
        ServiceConfigurationException => Sentence(exception.Message),
        _ => null,
    };

    private static string Sentence(string problem, string? remedy = null)
    {
        string line = problem.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return remedy is null ? line + "." : $"{line}. {remedy}";
    }
}
