using Experiments.Contracts.Runs;

namespace Experiments.Dashboard.Components.Pages.Runs;

/// <summary>Kinds of failure in words.</summary>
public static class FailureText
{
    public static string Title(FailureKind kind) => kind switch
    {
        FailureKind.Invalid => "This configuration cannot work",
        FailureKind.OutOfMemory => "The device ran out of memory",
        FailureKind.Diverged => "The training diverged",
        FailureKind.Data => "The data set could not be read",
        FailureKind.Crash => "The training crashed",
        FailureKind.Lost => "The worker was lost",
        FailureKind.Cancelled => "Cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of failure"),
    };
}
