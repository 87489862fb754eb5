using Experiments.Contracts.Text;

namespace Experiments.Contracts.Tests.Text;

public sealed class NfcTests
{
    /// <summary>The results of Python's <c>unicodedata.normalize("NFC", …)</c>.</summary>
    [Theory]
    [InlineData("plain, \u00e9 composed", "plain, \u00e9 composed")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("a\u0323\u0307", "\u1ea1\u0307")]
    [InlineData("a\u0307\u0323", "\u1ea1\u0307")]
    [InlineData("u\u0308\u0304", "\u01d6")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("\ud55c\u1100\u1161", "\ud55c\uac00")]
    [InlineData("\u30ab\u3099", "\u30ac")]
    [InlineData("\ud834\udd5e", "\ud834\udd57\ud834\udd65")]
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("\ud800e\u0301", "\ud800\u00e9")]
    public void Of_Text_IsComposed(string text, string expected) => Assert.Equal(expected, Nfc.Of(text));

    [Fact]
    public void Of_Composed_IsTheSameObject()
    {
        string text = "plain";

        Assert.Same(text, Nfc.Of(text));
    }
}
