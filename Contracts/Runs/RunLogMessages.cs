namespace Experiments.Contracts.Runs;

/// <summary>The severity of a line in a run's log, lowest first.</summary>
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
/// <param name="Sequence">The number of the line within its attempt, from 1; (run, attempt, sequence) identifies a line.</param>
/// <param name="Time">When it was logged (UTC).</param>
/// <param name="Message">At most <see cref="RunLogLimits.LongestMessage"/> characters.</param>
/// <param name="Detail">The exception with its inner exceptions and stack traces; at most <see cref="RunLogLimits.LongestDetail"/> characters. Null without one.</param>
public sealed record RunLogLine(long Sequence, DateTimeOffset Time, RunLogLevel Level, string Message, string? Detail);

/// <summary>Event: an attempt logged these lines, in the order of their sequence. They may be delivered twice, and after the attempt's end.</summary>
public sealed record RunLogWritten(string SweepId, string RunId, int Attempt, string WorkerId, IReadOnlyList<RunLogLine> Lines);
