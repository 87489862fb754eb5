using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class LaunchObstacleTests
{
    private static readonly Dictionary<string, string> NoneRefused = [];
    private static readonly Dictionary<string, string[]> None = [];

    [Fact]
    public void Of_NothingWrong_IsNone() => Assert.Null(LaunchObstacle.Of(0, NoneRefused, None, None));

    [Fact]
    public void Of_NoName_AsksForIt() =>
        Assert.Equal("Give the sweep a name to launch it.", LaunchObstacle.Of(0, NoneRefused, new Dictionary<string, string[]> { ["name"] = ["missing"] }, None));

    [Fact]
    public void Of_FieldWrongTwice_IsOneField() => Assert.Equal(
        "2 fields to mend before it can be launched.",
        LaunchObstacle.Of(0, new Dictionary<string, string> { ["epochs"] = "no" }, new Dictionary<string, string[]> { ["epochs"] = ["no"], ["name"] = ["missing"] }, None));

    [Fact]
    public void Of_OwnAndServerErrors_CountsBoth() => Assert.Equal(
        "2 fields to mend before it can be launched.",
        LaunchObstacle.Of(0, new Dictionary<string, string> { ["epochs"] = "no" }, None, new Dictionary<string, string[]> { ["dataset.path"] = ["no"] }));

    [Fact]
    public void Of_YamlProblems_ComeFirst() =>
        Assert.Equal("The YAML has 2 problems.", LaunchObstacle.Of(2, NoneRefused, new Dictionary<string, string[]> { ["name"] = ["missing"] }, None));

    [Fact]
    public void Of_ServerRefusal_IsTold() =>
        Assert.Equal("The Orchestrator would refuse it as it is.", LaunchObstacle.Of(0, NoneRefused, None, new Dictionary<string, string[]> { ["dataset.path"] = ["no"] }));
}
