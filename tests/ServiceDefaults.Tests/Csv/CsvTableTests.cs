using System.Globalization;
using System.Text;
using System.Text.Json;
using Experiments.ServiceDefaults.Csv;

namespace Experiments.ServiceDefaults.Tests.Csv;

public sealed class CsvTableTests
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
    public void WriteRow_Text_IsNeverAFormula(string text, string cell)
    {
        Assert.Equal($"{cell},1", Write([text, 1]));
        Assert.Equal($"{cell},1", Write([JsonSerializer.SerializeToElement(text), 1]));
        Assert.Equal(text, CsvGuard.Unprotect(CsvGuard.Protect(text)));
    }

    [Fact]
    public void WriteRow_Numbers_StayNumbers() => Assert.Equal(
        "-1,-0.5,1E-07,2026-11-29T08:00:00.0000000Z,-2e-3,true,",
        Write(
        [
            -1, -0.5, 1e-7, new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.FromHours(1)),
            JsonDocument.Parse("-2e-3").RootElement, JsonDocument.Parse("true").RootElement, null,
        ]));

    [Fact]
    public void WriteRow_Numbers_RoundTrip()
    {
        double[] numbers = [Math.PI, double.Epsilon, -double.MaxValue, 0.1, 1e20];

        Assert.Equal(numbers, Write([.. numbers.Cast<object?>()]).Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void WriteRow_Rows_EndWithCrLfAndTheStreamStaysOpen()
    {
        using var stream = new MemoryStream();
        using (var table = new CsvTable(stream))
        {
            table.WriteRow(["a", "é"]);
            table.WriteRow([null, 2]);
        }

        Assert.Equal("a,é\r\n,2\r\n", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.True(stream.CanWrite);
    }

    [Theory]
    [InlineData("=1")]
    [InlineData("'=1")]
    [InlineData("''=1")]
    [InlineData("'")]
    [InlineData("''")]
    [InlineData("'a'")]
    public void Unprotect_Protected_IsTheText(string text) => Assert.Equal(text, CsvGuard.Unprotect(CsvGuard.Protect(text)));

    private static string Write(IReadOnlyList<object?> cells)
    {
        using var stream = new MemoryStream();
        using (var table = new CsvTable(stream))
        {
            table.WriteRow(cells);
        }

        string text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        return text[..^2];
    }
}
