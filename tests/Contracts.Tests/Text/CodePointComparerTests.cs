using System.Text;
using CsCheck;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Tests.Text;

public sealed class CodePointComparerTests
{
    /// <summary>Big-endian UTF-32 bytes sort in code point order.</summary>
    [Fact]
    public void Compare_AnyTexts_IsTheOrderOfTheirCharacters() =>
        Gen.Select(Texts, Texts).Sample((one, other) =>
            Assert.Equal(
                Math.Sign(Encoding.GetEncoding("utf-32BE").GetBytes(one).AsSpan().SequenceCompareTo(Encoding.GetEncoding("utf-32BE").GetBytes(other))),
                Math.Sign(CodePointComparer.Instance.Compare(one, other))));

    /// <summary>The expected order is the output of Python's sorted().</summary>
    [Fact]
    public void Compare_NamesOfClasses_AreInPythonsOrder() =>
        Assert.Equal(
            ["B", "a", "a1", "caf\u00e9", "\u4e2d", "\uD7FF", "\uF900", "\uFF21", "\U0001F600", "\U00020000"],
            new[] { "\U00020000", "\U0001F600", "\uFF21", "\uF900", "\uD7FF", "\u4e2d", "caf\u00e9", "a1", "a", "B" }.Order(CodePointComparer.Instance));

    private static readonly Gen<string> Texts = Gen.OneOf([.. new[] { "a", "b", "\u00e9", "\uD7FF", "\uE000", "\uFFFD", "\U00010000", "\U0001F600", "\U0010FFFF" }.Select(Gen.Const)]).Array[0, 4].Select(string.Concat);
}
