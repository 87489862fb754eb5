using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class LaunchObstacleTests
{
    private static readonly Dictionary<string, string[]> None = [];

    [Fact]
    public void Of_NothingWrong_IsNone() => Assert.Null(LaunchObstacle.Of(0, new SweepDraft(), None, None));

    [Fact]
    public void Of_NoName_AsksForIt() => Assert.Equal("To launch, give the sweep a name.", LaunchObstacle.Of(0, new SweepDraft(), Wrong("name"), None));

    [Fact]
    public void Of_NoNameAndNoFolder_AsksForBoth() => Assert.Equal(
        "To launch, give the sweep a name and name the folder of its images.",
        LaunchObstacle.Of(0, new SweepDraft { Dataset = new DatasetSpec { Name = "imagefolder" } }, Wrong("name", "dataset.path"), None));

    [Fact]
    public void Of_FieldWrongTwice_IsOneField() => Assert.Equal("Fix 2 fields to launch.", LaunchObstacle.Of(0, Refusing("epochs"), Wrong("epochs", "name"), None));

    [Fact]
    public void Of_OwnAndServerErrors_CountsBoth() => Assert.Equal("Fix 2 fields to launch.", LaunchObstacle.Of(0, Refusing("epochs"), None, Wrong("dataset.path")));

    [Fact]
    public void Of_YamlProblems_ComeFirst() => Assert.Equal("Fix 2 problems in the YAML to launch.", LaunchObstacle.Of(2, new SweepDraft(), Wrong("name"), None));

    [Fact]
    public void Of_ServerErrorOfTheWhole_IsAProblem() => Assert.Equal("Fix 1 problem to launch.", LaunchObstacle.Of(0, new SweepDraft(), None, Wrong(SpecErrors.Root)));

    private static Dictionary<string, string[]> Wrong(params string[] paths) => paths.ToDictionary(path => path, _ => new[] { "no" });

    private static SweepDraft Refusing(string field)
    {
        var draft = new SweepDraft { Name = "named" };
        draft.Refused.Set(field, "no");
        return draft;
    }
}
