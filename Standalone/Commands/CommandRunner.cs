using System.CommandLine;
using System.CommandLine.Parsing;

namespace Experiments.Standalone.Commands;

/// <summary>Runs a command; invalid arguments are reported as a <see cref="Refusal"/>.</summary>
internal static class CommandRunner
{
    /// <summary>An argument that begins with @ does not name a response file.</summary>
    public static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <returns>The command's exit code, or that of a refusal.</returns>
    public static Task<int> RunAsync(RootCommand command, IReadOnlyList<string> arguments)
    {
        ParseResult result = command.Parse(arguments, Parsing);
        return result.Errors.Count == 0
            // The service's host handles Ctrl+C and reports failures itself.
            ? result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false })
            : Task.FromResult(Refusal.Tell([.. Problems(result), "", HelpOf(command)]));
    }

    /// <summary>Unmatched arguments come last: an earlier mistake may be their cause.</summary>
    private static IEnumerable<string> Problems(ParseResult result) =>
        result.Errors.OrderBy(error => error.SymbolResult is CommandResult).Select(error => error.Message);

    private static string HelpOf(RootCommand command)
    {
        using var help = new StringWriter();
        command.Parse("--help").Invoke(new InvocationConfiguration { Output = help });
        return help.ToString().TrimEnd();
    }
}
