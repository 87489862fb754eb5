using Experiments.Contracts.Text;

namespace Experiments.Contracts.Tests.Text;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("cat", "cat")]
    [InlineData("caf\u00e9 \u4e2d \U0001F468\u200D\U0001F469 \u05D0\u05D1", "caf\u00e9 \u4e2d \U0001F468\u200D\U0001F469 \u05D0\u05D1")]
    [InlineData("a\u202Egpj.exe", "a\\u202Egpj.exe")]
    [InlineData("\u2066a\u2069\u200E\u061C", "\\u2066a\\u2069\\u200E\\u061C")]
    [InlineData("a\nb\u0085", "a\\u000Ab\\u0085")]
    public void Of_Name_ShowsWhatTurnsTextAroundOrBreaksLines(string name, string shown) => Assert.Equal(shown, VisibleText.Of(name));
}
