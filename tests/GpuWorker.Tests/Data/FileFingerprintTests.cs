using Experiments.GpuWorker.Data;

namespace Experiments.GpuWorker.Tests.Data;

public sealed class FileFingerprintTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Of_WhatALinkLeadsToChanges_IsAnother()
    {
        string target = _folder.File("elsewhere", "1.png");
        string link = _folder.File("a", "1.png");
        File.WriteAllText(target, "before");
        File.CreateSymbolicLink(_folder.File("hop.png"), target);
        File.CreateSymbolicLink(link, _folder.File("hop.png"));
        string before = Of(link);

        File.WriteAllText(target, "longer than before");

        Assert.NotEqual(before, Of(link));
    }

    /// <summary>Decoding names it, together with all other images that cannot be read.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("nowhere.png")]
    [InlineData("1.png")]
    public void Of_FileThatIsNotThere_IsAnotherOnceItIs(string? leadsTo)
    {
        string path = _folder.File("1.png");
        if (leadsTo is not null)
        {
            File.CreateSymbolicLink(path, leadsTo);
        }

        string before = Of(path);
        File.Delete(path);
        File.WriteAllText(path, "there");

        Assert.NotEqual(before, Of(path));
    }

    public void Dispose() => _folder.Dispose();

    private string Of(string file) => FileFingerprint.Of(_folder.Path, [file]);
}
