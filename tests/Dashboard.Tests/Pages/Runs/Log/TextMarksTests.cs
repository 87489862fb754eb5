using Experiments.Dashboard.Components.Pages.Runs.Log;

namespace Experiments.Dashboard.Tests.Pages.Runs.Log;

public sealed class TextMarksTests
{
    [Theory]
    [InlineData("train/loss 0.5", null, "train/loss 0.5")]
    [InlineData("train/loss 0.5", "LOSS", "train/[loss] 0.5")]
    [InlineData("aaaa", "aa", "[aa][aa]")]
    [InlineData("abc", "x", "abc")]
    [InlineData("", "x", "")]
    public void Of_Text_MarksWhatIsSearchedFor(string text, string? search, string expected) =>
        Assert.Equal(expected, string.Concat(TextMarks.Of(text, search).Select(part => part.IsFound ? $"[{part.Part}]" : part.Part)));
}
