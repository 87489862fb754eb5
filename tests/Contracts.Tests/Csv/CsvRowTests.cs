using System.Text.Json;
using Experiments.Contracts.Csv;

namespace Experiments.Contracts.Tests.Csv;

public sealed class CsvRowTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("'=1", "''=1")]
    [InlineData("plain", "plain")]
    [InlineData("a=b", "a=b")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("", "")]
    public void Of_Text_IsNeverAFormula(string text, string cell)
    {
        Assert.Equal($"{cell},1", CsvRow.Of([text, 1]));
        Assert.Equal(cell, CsvRow.Of([JsonSerializer.SerializeToElement(text)]));
        Assert.Equal(text, CsvGuard.Unprotect(CsvGuard.Protect(text)));
    }

    [Fact]
    public void Of_Numbers_StayNumbers() => Assert.Equal(
        "-1,-0.5,1E-07,2026-11-29T08:00:00.0000000Z,-2e-3,true,",
        CsvRow.Of(
        [
            -1, -0.5, 1e-7, new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.FromHours(1)),
            JsonDocument.Parse("-2e-3").RootElement, JsonDocument.Parse("true").RootElement, null,
        ]));

    [Theory]
    [InlineData("=1")]
    [InlineData("'=1")]
    [InlineData("''=1")]
    [InlineData("'")]
    [InlineData("''")]
    [InlineData("'a'")]
    public void Unprotect_Protected_IsTheText(string text) => Assert.Equal(text, CsvGuard.Unprotect(CsvGuard.Protect(text)));
}
