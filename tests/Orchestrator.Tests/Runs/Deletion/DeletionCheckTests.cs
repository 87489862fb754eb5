using Experiments.Contracts.Api;
using Experiments.Orchestrator.Runs.Deletion;

namespace Experiments.Orchestrator.Tests.Runs.Deletion;

public sealed class DeletionCheckTests
{
    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public void Decide_ChainWithinTheSelection_GoesAsAWhole()
    {
        var check = DeletionCheck.Decide(["a", "b", "c"], None, [Needs("b", "a"), Needs("c", "b")]);

        Assert.Equal(["a", "b", "c"], check.Deletable.Order());
        Assert.Empty(check.NeededBy);
    }

    [Fact]
    public void Decide_EndOfTheChainStays_KeepsAllThatItNeeds()
    {
        var check = DeletionCheck.Decide(["a", "b", "x"], None, [Needs("b", "a"), Needs("outside", "b")]);

        Assert.Equal(["x"], check.Deletable);
        Assert.Equal(["a", "b"], check.NeededBy.Select(needed => needed.Key).Order());
        Assert.Contains("run #2 ", check.WhyNot("a"), StringComparison.Ordinal);
        Assert.Contains("run #15 ", check.WhyNot("b"), StringComparison.Ordinal);
        Assert.Null(check.WhyNot("x"));
    }

    [Fact]
    public void Decide_RunThatCannotGo_KeepsWhatItNeeds()
    {
        var check = DeletionCheck.Decide(["a", "b"], new Dictionary<string, string> { ["b"] = "it is running" }, [Needs("b", "a")]);

        Assert.Empty(check.Deletable);
        Assert.Equal("it is running", check.WhyNot("b"));
        Assert.Contains("run #2 ", check.WhyNot("a"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"pretrained":"run:a"}""", DependencyKind.Pretrained)]
    [InlineData("""{"teacher":"run:a","pretrained":"imagenet"}""", DependencyKind.Teacher)]
    [InlineData("""{"pretrained":"/data/artifacts/a/1/best.safetensors"}""", DependencyKind.Pretrained)]
    public void In_ConfigurationThatNamesARun_NeedsIt(string config, DependencyKind kind) =>
        Assert.Equal((kind, "a"), Assert.Single(RunDependents.In(config, new HashSet<string> { "a", "b" })));

    [Theory]
    [InlineData("""{"pretrained":"run:other","teacher":"none"}""")]
    [InlineData("""{"pretrained":"/weights/another/best.safetensors"}""")]
    [InlineData("""{"pretrained":5}""")]
    [InlineData("not JSON")]
    public void In_ConfigurationThatNamesNone_NeedsNone(string config) => Assert.Empty(RunDependents.In(config, new HashSet<string> { "a", "b" }));

    private static RunDependent Needs(string run, string needed) => new(run, run[0] - 'a' + 1, "s", "sweep", DependencyKind.Reuse, needed);
}
