
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Tests.Text;

public sealed class ForeignPathTests
{
    [Theory]
    [InlineData("https://example.org/x.pth", "download the file first")]
    [InlineData("S3://bucket/x.pth", "download the file first")]
    [InlineData("~/x.pth", "~ is not expanded; write the full path")]
    [InlineData("~me/x.pth", "~ is not expanded; write the full path")]
    public void WhyNone_NoPath_SaysWhatToWrite(string path, string expected) => Assert.Contains(expected, ForeignPath.WhyNone(path), StringComparison.Ordinal);

    [Theory]
    [InlineData(@"C:\w\x.pth")]
    [InlineData("d:/w/x.pth")]
    [InlineData(@"\\host\x.pth")]
    public void WhyNone_PathOfWindows_IsNoneElsewhere(string path) => Assert.Equal(OperatingSystem.IsWindows(), ForeignPath.WhyNone(path) is null);

    [Theory]
    [InlineData("x.pth")]
    [InlineData("/w/~/x.pth")]
    [InlineData("~x.pth")]
    [InlineData("w/c:/x.pth")]
    [InlineData("../https/x.pth")]
    public void WhyNone_Path_IsOne(string path) => Assert.Null(ForeignPath.WhyNone(path));
}
