using System.Formats.Tar;
using System.IO.Compression;

namespace Experiments.GpuWorker.Tests.Data.Downloads;

public sealed class ArchiveMembersTests : IAsyncLifetime
{
    private DatasetServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await DatasetServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

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

        string folder = _server.Provide(_server.Publish("set.tar.gz", archive, "set/one.bin", "set/two.bin"));

        Assert.Equal("22", File.ReadAllText(Path.Combine(folder, "set", "two.bin")));
        Assert.Equal(["set", "set.tar.gz", "set/one.bin", "set/two.bin"], _server.Visible());
        Assert.Equal(["set"], Directory.EnumerateFileSystemEntries(_server.Cache).Select(Path.GetFileName));
        Assert.False(File.Exists("/tmp/experiments-escaped.bin"));
    }

    [Fact]
    public void Provide_ArchiveWithALinkForAFile_IsRefused()
    {
        byte[] archive = Archive(Link("set/one.bin", "/etc/passwd"), Entry("set/two.bin", "2"));

        string message = _server.Fail(_server.Publish("set.tar.gz", archive, "set/one.bin", "set/two.bin"));

        Assert.Contains("holds no set/one.bin", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_server.Cache, "set", "set")));
    }

    [Fact]
    public void Provide_NoArchiveAtAll_IsRefused() =>
        Assert.Contains("cannot be unpacked", _server.Fail(_server.Publish("set.tar.gz", DatasetServer.Content(500), "set/one.bin")), StringComparison.Ordinal);

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
