using Experiments.Dashboard.Components.Elements;

namespace Experiments.Dashboard.Tests.Elements;

public sealed class QueryValueTests
{
    [Theory]
    [InlineData("True", true)]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("maybe", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsOn_AnyText_IsNoReasonToFail(string? text, bool expected) => Assert.Equal(expected, QueryValue.IsOn(text));

    [Theory]
    [InlineData("3", 3)]
    [InlineData("0", 1)]
    [InlineData("-4", 1)]
    [InlineData("abc", 1)]
    [InlineData("", 1)]
    [InlineData(null, 1)]
    [InlineData("99999999999", 1)]
    public void Page_AnyText_IsAPage(string? text, int expected) => Assert.Equal(expected, QueryValue.Page(text));

    [Fact]
    public void Page_Huge_StillHasAPositionInAList() => Assert.True(checked(QueryValue.Page("2147483647") * 100) > 0);

    [Theory]
    [InlineData("7", 4, 4)]
    [InlineData("7", 0, 1)]
    public void Page_BehindTheLast_IsTheLast(string text, int last, int expected) => Assert.Equal(expected, QueryValue.Page(text, last));
}
