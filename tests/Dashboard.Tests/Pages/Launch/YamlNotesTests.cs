using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class YamlNotesTests
{
    [Theory]
    [InlineData("base: { lr: 1 }", "unknown key: \"lr\"; write learningRate")]
    [InlineData("base: { lerningRate: 1 }", "unknown key: \"lerningRate\"; did you mean \"learningRate\"?")]
    [InlineData("base: { epochs: 0 }", "out of range: 0; allowed: a whole number from 1 to 10000")]
    public void Of_Problem_SaysWhatToWriteNextToItsLine(string line, string expected)
    {
        YamlNote note = Assert.Single(YamlNotes.Of(SweepYaml.Read($"name: x\ndataset: digits\n{line}\n").Problems));

        Assert.Equal((3, expected), (note.Line, note.Text));
        Assert.Contains("allowed: ", note.Full, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TwoProblemsOfALine_AreOneNote() =>
        Assert.Equal("unknown key: \"lr\"; write learningRate · unknown key: \"bs\"; write batchSize", Assert.Single(YamlNotes.Of(SweepYaml.Read("name: x\ndataset: digits\nbase: { lr: 1, bs: 2 }\n").Problems)).Text);

    [Fact]
    public void Of_MissingKey_HasNoLine() => Assert.Empty(YamlNotes.Of(SweepYaml.Read("dataset: digits\n").Problems));
}
