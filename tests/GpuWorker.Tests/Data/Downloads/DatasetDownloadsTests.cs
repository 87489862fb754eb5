using System.Formats.Tar;
using System.IO.Compression;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Data.Downloads;
using Experiments.GpuWorker.Training;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.GpuWorker.Tests.Data.Downloads;

public sealed class DatasetDownloadsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = DatasetDownloads.NewClient();
    private FileServer _server = null!;

    private string Target => Path.Combine(_folder.Path, "set", "images.gz");

    public async ValueTask InitializeAsync() => _server = await FileServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Provide_NotThere_DownloadsOnce()
    {
        DatasetDownload download = Publish("images.gz", Content(300_000));

        string folder = Provide(download);
        Provide(download);

        Assert.Equal(Content(300_000), File.ReadAllBytes(Path.Combine(folder, "images.gz")));
        Assert.Equal([0L], _server.Offsets);
        Assert.Equal(["images.gz"], Visible(folder));
    }

    [Fact]
    public void Provide_ConnectionBreaksOff_GoesOnFromThere()
    {
        DatasetDownload download = Publish("images.gz", Content(300_000));
        _server.CutAfter = 120_000;

        Provide(download);

        Assert.Equal(Content(300_000), File.ReadAllBytes(Target));
        Assert.Equal(0, _server.Offsets.First());
        Assert.True(_server.Offsets.Count >= 3, string.Join(' ', _server.Offsets));
    }

    [Fact]
    public void Provide_PartOfAnEarlierTime_IsCompleted()
    {
        DatasetDownload download = Publish("images.gz", Content(1000));
        WritePart(Content(1000)[..400]);

        Provide(download);

        Assert.Equal(Content(1000), File.ReadAllBytes(Target));
        Assert.Equal([400L], _server.Offsets);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Provide_PartOfSomethingElse_StartsAgain(bool ignoresRanges)
    {
        DatasetDownload download = Publish("images.gz", Content(1000));
        _server.IgnoresRanges = ignoresRanges;
        WritePart(new byte[400]);

        Provide(download);

        Assert.Equal(Content(1000), File.ReadAllBytes(Target));
    }

    [Fact]
    public void Provide_WholePart_IsTakenAsItIs()
    {
        DatasetDownload download = Publish("images.gz", Content(1000));
        WritePart(Content(1000));

        Provide(download);

        Assert.Equal(Content(1000), File.ReadAllBytes(Target));
    }

    [Fact]
    public void Provide_OtherContentThanPublished_IsRefusedAndNotKept()
    {
        DatasetDownload download = Publish("images.gz", Content(1000));
        _server.Files["images.gz"] = Content(999);

        string message = Fail(download);

        Assert.Contains($"expected {download.Files[0].Md5}", message, StringComparison.Ordinal);
        Assert.Empty(Visible(Path.Combine(_folder.Path, "set")));
    }

    [Fact]
    public void Provide_FileOfTheUserWithAnotherHash_IsLeftAloneAndNamed()
    {
        DatasetDownload download = Publish("images.gz", Content(1000));
        File.WriteAllText(_folder.File("set", "images.gz"), "something else");

        Assert.Contains($"\"{Target}\" has the MD5 ", Fail(download), StringComparison.Ordinal);
        Assert.True(File.Exists(Target));
    }

    [Fact]
    public void Provide_Offline_SaysWhatToPutWhere()
    {
        DatasetDownload download = Publish("images.gz", Content(10)) with { Url = DataFixture.Nowhere };

        string message = Fail(download);

        Assert.Contains($"{DataFixture.Nowhere}images.gz", message, StringComparison.Ordinal);
        Assert.Contains($"to \"{Target}\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Provide_NotOnTheServer_TellsItsAnswer()
    {
        DatasetDownload download = Publish("images.gz", Content(10));
        _server.Files.Clear();

        Assert.Contains("it answered 404", Fail(download), StringComparison.Ordinal);
    }

    [Fact]
    public void Provide_Cancelled_Throws()
    {
        DatasetDownload download = Publish("images.gz", Content(10));

        Assert.ThrowsAny<OperationCanceledException>(() => Downloads().Provide("set", download, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Provide_ManyAtATime_DownloadOnce()
    {
        DatasetDownload download = Publish("images.gz", Content(200_000));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Provide(download), TestContext.Current.CancellationToken)));

        Assert.Single(_server.Offsets);
    }

    [Fact]
    public void Provide_Archive_UnpacksTheExpectedFilesOnly()
    {
        byte[] archive = Archive(
            Entry("set/one.bin", "1"),
            Entry("./set/two.bin", "22"),
            Entry("set/readme.html", "no"),
            Entry("../escaped.bin", "no"),
            Entry("/tmp/experiments-escaped.bin", "no"),
            Link("set/three.bin", "/etc/passwd"));

        string folder = Provide(Publish("set.tar.gz", archive, "set/one.bin", "set/two.bin"));

        Assert.Equal("22", File.ReadAllText(Path.Combine(folder, "set", "two.bin")));
        Assert.Equal(["set", "set.tar.gz", "set/one.bin", "set/two.bin"], Visible(folder));
        Assert.Equal(["set"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        Assert.False(File.Exists("/tmp/experiments-escaped.bin"));
    }

    [Fact]
    public void Provide_ArchiveWithALinkForAFile_IsRefused()
    {
        byte[] archive = Archive(Link("set/one.bin", "/etc/passwd"), Entry("set/two.bin", "2"));

        string message = Fail(Publish("set.tar.gz", archive, "set/one.bin", "set/two.bin"));

        Assert.Contains("holds no set/one.bin", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "set", "set")));
    }

    [Fact]
    public void Provide_NoArchiveAtAll_IsRefused() =>
        Assert.Contains("cannot be unpacked", Fail(Publish("set.tar.gz", Content(500), "set/one.bin")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Published))]
    public void Catalog_Download_HasAddressesAndHashes(string name)
    {
        DatasetDownload download = DatasetCatalog.Find(name)!.Download!;

        Assert.EndsWith("/", download.Url, StringComparison.Ordinal);
        Assert.All(download.Files, file => Assert.Matches("^[0-9a-f]{32}$", file.Md5));
        Assert.All(download.Files, file => Assert.Equal(file.Name.EndsWith(".tar.gz", StringComparison.Ordinal), file.Members.Count > 0));
    }

    public static TheoryData<string> Published => [.. DatasetCatalog.All.Where(dataset => dataset.Download is not null).Select(dataset => dataset.Name)];

    private DatasetDownloads Downloads() =>
        new(new DatasetOptions { Cache = _folder.Path }, _client, TimeProvider.System, NullLogger<DatasetDownloads>.Instance);

    private string Provide(DatasetDownload download) => Downloads().Provide("set", download, TestContext.Current.CancellationToken);

    private string Fail(DatasetDownload download)
    {
        TrainingException failure = Assert.Throws<TrainingException>(() => Provide(download));
        Assert.Equal(FailureKind.Data, failure.Kind);
        return failure.Message;
    }

    private DatasetDownload Publish(string name, byte[] content, params string[] members)
    {
        _server.Files[name] = content;
        return new DatasetDownload(_server.Url, [new PublishedFile(name, Md5Of(content), members)]);
    }

    private string Md5Of(byte[] content)
    {
        string file = _folder.File("hashed");
        File.WriteAllBytes(file, content);
        string md5 = FileHash.Md5Of(file);
        File.Delete(file);
        return md5;
    }

    private void WritePart(byte[] content) => File.WriteAllBytes(_folder.File("set", "images.gz.part"), content);

    private static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * i % 251))];

    private static string[] Visible(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path))
            .Where(path => path[0] != '.')
            .Order(StringComparer.Ordinal),
    ];

    private static PaxTarEntry Entry(string name, string text) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) };

    private static PaxTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    private static byte[] Archive(params PaxTarEntry[] entries)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true), leaveOpen: false))
        {
            foreach (PaxTarEntry entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        return archive.ToArray();
    }
}
