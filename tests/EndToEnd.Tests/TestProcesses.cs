using Experiments.TestSystem.Processes;

namespace Experiments.EndToEnd.Tests;

/// <summary>Options of the processes under test: they report each epoch as soon as it is trained.</summary>
internal static class TestProcesses
{
    /// <summary>For processes of one test: they end with it, and their output is printed when it fails.</summary>
    public static SystemOptions Options => Shared with
    {
        Cancellation = TestContext.Current.CancellationToken,
        Ended = ShowOnFailure,
    };

    /// <summary>For a test that kills a worker: its lease expires soon.</summary>
    public static SystemOptions ShortLeases => Options with { LeaseSeconds = 8 };

    /// <summary>For processes shared by several tests.</summary>
    public static SystemOptions Shared => new() { CheckpointSeconds = 0 };

    private static void ShowOnFailure(ServiceProcess service)
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{service.Project} wrote:\n{service.Output}\n{service.Errors}");
        }
    }
}
