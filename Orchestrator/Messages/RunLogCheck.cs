using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Messages;

/// <summary>Validates log lines before they are stored: any process that can reach the broker can send some. Pure.</summary>
internal static class RunLogCheck
{
    /// <summary>No worker sends more lines in one message.</summary>
    private const int MostLines = 10 * RunLogLimits.MostLinesTogether;

    /// <summary>The valid lines, shortened to what can be stored.</summary>
    /// <param name="now">Replaces implausible times.</param>
    /// <exception cref="BadMessageException">The message is not valid.</exception>
    public static IReadOnlyList<RunLogLine> Tidy(RunLogWritten written, DateTimeOffset now)
    {
        RunEventCheck.RequireIds(written.RunId, written.WorkerId);
        if (written.Lines is null || written.Lines.Count > MostLines)
        {
            throw new BadMessageException($"{written.Lines?.Count ?? 0} lines of the log of run {written.RunId}; allowed: a list of at most {MostLines}");
        }

        return
        [
            .. written.Lines
                .Where(line => line is { Message: not null, Sequence: >= 1 and <= RunLogLimits.LastSequence } && Enum.IsDefined(line.Level))
                .Select(line => line with
                {
                    Time = line.Time.Year is > 2000 and < 9999 ? line.Time : now,
                    Message = RunLogLimits.Tidy(line.Message, RunLogLimits.LongestMessage),
                    Detail = line.Detail is null ? null : RunLogLimits.Tidy(line.Detail, RunLogLimits.LongestDetail),
                }),
        ];
    }
}
