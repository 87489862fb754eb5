using Experiments.TestSystem.Processes;

namespace Experiments.EndToEnd.Tests;

/// <summary>How processes are started here: they tell of each epoch as soon as it is trained, end with the test, and what they wrote is told when it fails.</summary>
internal static class TestProcesses
{
    public static SystemOptions Options => new()
    {
        Cancellation = TestContext.Current.CancellationToken,
        Ended = TellOnFailure,
        CheckpointSeconds = 0,
    };

    private static void TellOnFailure(ServiceProcess service)
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{service.Project} wrote:\n{service.Output}\n{service.Errors}");
        }
    }
}
