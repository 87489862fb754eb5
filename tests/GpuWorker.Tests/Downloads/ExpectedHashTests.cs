using Experiments.GpuWorker.Downloads;

namespace Experiments.GpuWorker.Tests.Downloads;

public sealed class ExpectedHashTests : IDisposable
{
    private const string Md5OfAbc = "900150983cd24fb0d6963f7d28e17f72";

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("abc");

    public ExpectedHashTests() => System.IO.File.WriteAllText(File, "abc");

    [Fact]
    public void DescribeMismatch_PublishedContent_IsNull()
    {
        Assert.Null(DescribeMismatch(ExpectedHash.Md5(Md5OfAbc)));
        Assert.Null(DescribeMismatch(ExpectedHash.Sha256Prefix("ba7816bf")));
    }

    [Fact]
    public void DescribeMismatch_OtherContent_NamesBothHashes()
    {
        string other = new('0', 32);

        Assert.Equal($"its MD5 is {Md5OfAbc}; expected {other}", DescribeMismatch(ExpectedHash.Md5(other)));
        Assert.Equal(
            "its SHA-256 is ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, which does not begin with ba7816b0",
            DescribeMismatch(ExpectedHash.Sha256Prefix("ba7816b0")));
    }

    [Fact]
    public void Md5_TooFewDigits_IsRefused() => Assert.Throws<ArgumentException>(() => ExpectedHash.Md5("900150983cd24fb0"));

    [Fact]
    public void DescribeMismatch_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => ExpectedHash.Md5(Md5OfAbc).DescribeMismatch(File, new CancellationToken(canceled: true)));

    public void Dispose() => _folder.Dispose();

    private string? DescribeMismatch(ExpectedHash hash) => hash.DescribeMismatch(File, TestContext.Current.CancellationToken);
}
