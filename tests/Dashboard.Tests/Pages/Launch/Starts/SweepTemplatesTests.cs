using System.Runtime.CompilerServices;
using Experiments.Dashboard.Components.Pages.Launch.Starts;

namespace Experiments.Dashboard.Tests.Pages.Launch.Starts;

public sealed class SweepTemplatesTests
{
    [Fact]
    public void All_Templates_AreTheFilesOfTheFolderSweeps()
    {
        string folder = Folder();

        Assert.Equal(
            Directory.EnumerateFiles(folder, "*.yaml").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            SweepTemplates.All.Select(template => template.Name).Order(StringComparer.Ordinal));
        Assert.All(SweepTemplates.All, template =>
        {
            Assert.InRange(template.Summary.Length, 20, 200);
            Assert.DoesNotContain("docs/", template.Note, StringComparison.Ordinal);
            Assert.True(template.Runs > 0);
        });
    }

    [Fact]
    public void All_BuiltInDataSet_ComesFirstAndFoldersOfTheUsersLast()
    {
        Assert.Equal("quickstart", SweepTemplates.All[0].Name);
        Assert.NotNull(SweepTemplates.All[^1].Spec.Dataset.Path);
    }

    [Fact]
    public void Find_Quickstart_IsWhatTheReadmeLaunches()
    {
        SweepTemplate template = SweepTemplates.Find("quickstart")!;

        Assert.Equal(("digits-quickstart", 12), (template.Spec.Name, template.Runs));
        Assert.Equal("Which network, learning rate, number of frozen epochs and augmentation suit 8×8 handwritten digits?", template.Summary);
        Assert.Equal("12 runs, a few minutes on two CPU cores.", template.Note);
    }

    [Theory]
    [InlineData("# One. Two; three.\n# See docs/x.md.\nname: x\n# Not this.", "One.", "Two; three.")]
    [InlineData("# Does 0.5 suit?\nname: x", "Does 0.5 suit?", "")]
    [InlineData("name: x", "", "")]
    public void Read_LeadingComment_IsCutIntoSentences(string yaml, string summary, string note) =>
        Assert.Equal((summary, note), TemplateText.Read(yaml));

    private static string Folder([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../../../sweeps"));
}
