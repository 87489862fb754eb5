using System.Threading.Channels;
using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.RunLogs;

/// <summary>Lines that are sent together.</summary>
/// <param name="Message">Null if the batch only signals that all earlier lines have been sent.</param>
/// <param name="Sent">Completed when the batch has been sent; null if no caller waits.</param>
internal sealed record RunLogBatch(RunLogWritten? Message, TaskCompletionSource? Sent)
{
    /// <summary>Messages stay far below the broker's limit.</summary>
    private const int MostCharacters = 200_000;

    /// <summary>All waiting lines in order: a batch holds lines of one attempt, and ends where a caller waits for it.</summary>
    public static IEnumerable<RunLogBatch> TakeAll(ChannelReader<RunLogItem> items, string workerId)
    {
        AttemptLog? attempt = null;
        List<RunLogLine> lines = [];
        int characters = 0;
        while (items.TryRead(out RunLogItem item))
        {
            bool isFull = lines.Count == RunLogLimits.MostLinesTogether || characters > MostCharacters;
            if (lines.Count > 0 && (isFull || !ReferenceEquals(attempt, item.Attempt)))
            {
                yield return new RunLogBatch(MessageOf(attempt!, lines, workerId), null);
                (lines, characters) = ([], 0);
            }

            attempt = item.Attempt;
            if (item.Line is { } line)
            {
                lines.Add(line);
                characters += line.Message.Length + (line.Detail?.Length ?? 0);
            }
            else
            {
                yield return new RunLogBatch(lines.Count > 0 ? MessageOf(attempt, lines, workerId) : null, item.Sent);
                (lines, characters) = ([], 0);
            }
        }

        if (lines.Count > 0)
        {
            yield return new RunLogBatch(MessageOf(attempt!, lines, workerId), null);
        }
    }

    private static RunLogWritten MessageOf(AttemptLog attempt, IReadOnlyList<RunLogLine> lines, string workerId) =>
        new(attempt.SweepId, attempt.RunId, attempt.Attempt, workerId, lines);
}
