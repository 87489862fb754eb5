using System.Globalization;
using System.Text;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.RunLogs;

/// <summary>Writes a log as a text file: one entry per line, with its details indented below.</summary>
internal static class RunLogFile
{
    private const string Indent = "\n    ";
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    public static async Task WriteAsync(IAsyncEnumerable<RunLogEntry> lines, Stream target, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(target, Encoding, leaveOpen: true) { NewLine = "\n" };
        await foreach (RunLogEntry line in lines.WithCancellation(cancellationToken))
        {
            await writer.WriteLineAsync(Text(line).AsMemory(), cancellationToken);
        }
    }

    /// <summary><c>2026-03-01 12:00:00.123 UTC [attempt 1] warning: what was logged</c></summary>
    public static string Text(RunLogEntry line)
    {
        string level = line.Level == RunLogLevel.Information ? "" : $"{line.Level.ToString().ToLowerInvariant()}: ";
        string detail = line.Detail is null ? "" : $"\n{line.Detail}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff} UTC [attempt {line.Attempt}] {$"{level}{line.Message}{detail}".Replace("\n", Indent, StringComparison.Ordinal)}");
    }
}
