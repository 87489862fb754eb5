namespace Experiments.Contracts.Runs;

/// <summary>How much a line of a run's log matters, least first.</summary>
public enum RunLogLevel
{
    /// <summary>Progress, such as the end of an epoch.</summary>
    Information,

    /// <summary>The attempt continues, but a user should look at it.</summary>
    Warning,

    /// <summary>Something failed; often the attempt with it.</summary>
    Error,
}

/// <summary>One line that a worker logged while an attempt ran.</summary>
/// <param name="Sequence">Counts the lines of an attempt from 1; (run, attempt, sequence) names a line for good.</param>
/// <param name="Time">When it was logged (UTC).</param>
/// <param name="Message">At most <see cref="RunLogLimits.LongestMessage"/> characters.</param>
/// <param name="Detail">The exception, with what led to it and where; at most <see cref="RunLogLimits.LongestDetail"/> characters. Null without one.</param>
public sealed record RunLogLine(long Sequence, DateTimeOffset Time, RunLogLevel Level, string Message, string? Detail);

/// <summary>Event: an attempt logged these lines, in the order of their sequence. They may come twice, and after the attempt's end.</summary>
public sealed record RunLogWritten(string SweepId, string RunId, int Attempt, string WorkerId, IReadOnlyList<RunLogLine> Lines);
