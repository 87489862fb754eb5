using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Tests.Runs;

public sealed class RunLogLimitsTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Blüten 🌸\tok", "Blüten 🌸\tok")]
    [InlineData("two\r\nlines\rthree", "two\nlines\nthree")]
    [InlineData("\u001b[31mred\u0000", "\uFFFD[31mred\uFFFD")]
    [InlineData("", "")]
    public void Tidy_Texts_CanBeStoredAndShown(string text, string expected) => Assert.Equal(expected, RunLogLimits.Tidy(text, 100));

    [Theory]
    [InlineData("1234567", "12345…")]
    [InlineData("12345", "12345")]
    [InlineData("1234🌸67", "1234\uFFFD…")]
    public void Tidy_LongText_IsCut(string text, string expected) => Assert.Equal(expected, RunLogLimits.Tidy(text, text == "12345" ? 5 : 6));

    [Fact]
    public void Tidy_HalfOfACharacter_IsReplaced() => Assert.Equal("half \uFFFD", RunLogLimits.Tidy("half \ud83c", 100));
}
