using Experiments.Contracts.Runs;
using Experiments.TestSystem.Chaos;

namespace Experiments.EndToEnd.Tests.Chaos;

/// <summary>A short version of <c>benchmarks -- chaos</c>.</summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task TwentyFaults_OfEveryKind_LoseDoubleAndChangeNothing()
    {
        var options = new ChaosOptions
        {
            Faults = 20,
            Seed = 20,
            LeaseSeconds = 4,
            MeanPause = TimeSpan.FromSeconds(1.5),
            LongEpochs = 15,

            // A limit for failing tests only: other machines are slower and busier.
            StuckTimeout = TimeSpan.FromMinutes(10),
            Tell = line => TestContext.Current.TestOutputHelper?.WriteLine(line),
        };

        ChaosOutcome outcome = await ChaosRun.RunAsync(options, TestContext.Current.CancellationToken);

        Assert.True(outcome.IsProven, $"seed {options.Seed}: {string.Join('\n', outcome.Complaints)}\nkept: {outcome.Kept}");
        Assert.Equal(Enum.GetValues<FaultKind>(), outcome.Injections.Select(injection => injection.Fault.Kind).Distinct().Order());

        // Whether a fault makes a lease expire depends on timing; the first kill is certain to (SureKill).
        Assert.Contains(outcome.Disturbed.SelectMany(sweep => sweep.Runs), run => run.Attempts.Any(attempt => attempt.Outcome == AttemptOutcome.Lost));
    }
}
