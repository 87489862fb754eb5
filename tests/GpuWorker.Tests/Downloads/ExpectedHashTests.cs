using Experiments.GpuWorker.Downloads;

namespace Experiments.GpuWorker.Tests.Downloads;

public sealed class ExpectedHashTests : IDisposable
{
    private const string Md5OfAbc = "900150983cd24fb0d6963f7d28e17f72";

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("abc");

    public ExpectedHashTests() => System.IO.File.WriteAllText(File, "abc");

    [Fact]
    public void WhyOther_PublishedContent_IsNull()
    {
        Assert.Null(WhyOther(ExpectedHash.Md5(Md5OfAbc)));
        Assert.Null(WhyOther(ExpectedHash.Sha256Prefix("ba7816bf")));
    }

    [Fact]
    public void WhyOther_OtherContent_NamesBothHashes()
    {
        string other = new('0', 32);

        Assert.Equal($"its MD5 is {Md5OfAbc}; expected {other}", WhyOther(ExpectedHash.Md5(other)));
        Assert.Equal(
            "its SHA-256 is ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, which does not begin with ba7816b0",
            WhyOther(ExpectedHash.Sha256Prefix("ba7816b0")));
    }

    [Fact]
    public void Md5_TooFewDigits_IsRefused() => Assert.Throws<ArgumentException>(() => ExpectedHash.Md5("900150983cd24fb0"));

    [Fact]
    public void WhyOther_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => ExpectedHash.Md5(Md5OfAbc).WhyOther(File, new CancellationToken(canceled: true)));

    public void Dispose() => _folder.Dispose();

    private string? WhyOther(ExpectedHash hash) => hash.WhyOther(File, TestContext.Current.CancellationToken);
}
