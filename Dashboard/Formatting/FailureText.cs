using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.Dashboard.Formatting;

/// <summary>Kinds of failure in words.</summary>
public static class FailureText
{
    public static string Title(FailureKind kind) => kind switch
    {
        FailureKind.Invalid => "This configuration cannot work",
        FailureKind.OutOfMemory => "The device ran out of memory",
        FailureKind.Diverged => "The training diverged",
        FailureKind.Data => "The data could not be used",
        FailureKind.Crash => "The training crashed",
        FailureKind.Lost => "The worker was lost",
        FailureKind.Cancelled => "Cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of failure"),
    };

    /// <summary>One or two words to put before the message.</summary>
    public static string Short(FailureKind kind) => kind switch
    {
        FailureKind.Invalid => "invalid",
        FailureKind.OutOfMemory => "out of memory",
        FailureKind.Diverged => "diverged",
        FailureKind.Data => "data",
        FailureKind.Crash => "crashed",
        FailureKind.Lost => "lost",
        FailureKind.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of failure"),
    };

    public static string Of(RunFailure failure) => failure.Message.Length == 0 ? Short(failure.Kind) : $"{Short(failure.Kind)}: {failure.Message}";

    /// <summary>The outcome of a group's runs: <c>3 of 12 diverged</c>.</summary>
    /// <param name="total">The number of runs of the sweep.</param>
    public static string Count(FailureGroup group, int total) => $"{Numbers.Count(group.Runs)} of {Numbers.Count(total)} {group.Kind switch
    {
        FailureKind.Invalid => group.Runs == 1 ? "has a configuration that cannot work" : "have configurations that cannot work",
        FailureKind.OutOfMemory => "ran out of memory",
        FailureKind.Data => "could not use the data",
        FailureKind.Lost => "lost their worker too often",
        var kind => Short(kind),
    }}";
}
