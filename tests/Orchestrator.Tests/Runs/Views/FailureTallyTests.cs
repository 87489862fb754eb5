using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Runs.Views;

namespace Experiments.Orchestrator.Tests.Runs.Views;

public sealed class FailureTallyTests
{
    [Fact]
    public void Of_MessagesThatDifferInNumbersAlone_AreOneGroup()
    {
        SweepFailures failures = FailureTally.Of(
        [
            new("r1", 1, FailureKind.Diverged, "the training loss became NaN in epoch 1, iteration 12; a smaller learning rate may help"),
            new("r2", 2, FailureKind.Crash, "no luck"),
            new("r3", 3, FailureKind.Diverged, "the training loss became NaN in epoch 4, iteration 1,200; a smaller learning rate may help"),
        ]);

        Assert.Equal((3, 2), (failures.Runs, failures.Groups.Count));
        FailureGroup first = failures.Groups[0];
        Assert.Equal("the training loss became NaN in epoch …, iteration …; a smaller learning rate may help", first.Message);
        Assert.Equal(
            "status = failed and failure = diverged and failureMessage ~ 'the training loss became NaN in epoch' and failureMessage ~ ', iteration' and failureMessage ~ '; a smaller learning rate may help'",
            first.Filter);
        Assert.Equal([new FailedRun("r1", 1), new FailedRun("r3", 3)], first.First);
        Assert.Equal((FailureKind.Crash, "no luck", 1), (failures.Groups[1].Kind, failures.Groups[1].Message, failures.Groups[1].Runs));
    }

    [Fact]
    public void Of_EqualMessages_AreReported() =>
        Assert.Equal("4 bytes are missing", Assert.Single(FailureTally.Of([new("r1", 1, FailureKind.Data, "4 bytes are missing"), new("r2", 2, FailureKind.Data, "4 bytes are missing")]).Groups).Message);

    [Fact]
    public void Of_SameMessageOfTwoKinds_StaysApart() =>
        Assert.Equal(2, FailureTally.Of([new("r1", 1, FailureKind.Data, "lost"), new("r2", 2, FailureKind.Lost, "lost")]).Groups.Count);

    [Fact]
    public void Of_MessageThatNoFilterCanHold_FiltersByTheRest()
    {
        FailureGroup group = Assert.Single(FailureTally.Of([new("r1", 1, FailureKind.Crash, "it's \"odd\" in line 7 of the file")]).Groups);

        Assert.Equal("status = failed and failure = crash and failureMessage ~ 'of the file'", group.Filter);
    }

    [Fact]
    public void Of_EndlessMessage_HasAFilterThatTheOrchestratorReads() =>
        Assert.Equal("status = failed and failure = crash", Assert.Single(FailureTally.Of([new("r1", 1, FailureKind.Crash, new string('x', 5_000))]).Groups).Filter);
}
