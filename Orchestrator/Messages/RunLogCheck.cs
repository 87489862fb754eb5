using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Messages;

/// <summary>What lines must be like before they are stored: whatever can reach the broker can send some. Pure.</summary>
internal static class RunLogCheck
{
    /// <summary>More than these no worker sends together.</summary>
    private const int MostLines = 10 * RunLogLimits.MostLinesTogether;

    /// <summary>Those lines that can be kept, as they can be kept.</summary>
    /// <param name="now">Takes the place of times that no worker can mean.</param>
    /// <exception cref="BadMessageException">It is no such message.</exception>
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
