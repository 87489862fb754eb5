using System.Security.Cryptography;
using Experiments.GpuWorker.Downloads;
using Microsoft.Extensions.Logging;

namespace Experiments.GpuWorker.Tests.Downloads;

/// <summary>A server with a file, a folder for it, and a downloader.</summary>
internal sealed class DownloadFixture : IAsyncDisposable
{
    private const string Name = "file.bin";

    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };

    private DownloadFixture(FileServer server)
    {
        Server = server;
        Server.Files[Name] = Content;
    }

    public FileServer Server { get; }

    public TemporaryFolder Folder { get; } = new();

    public RecordingLog Log { get; } = new();

    public HurriedTime Time { get; } = new();

    public byte[] Content { get; } = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i % 251))];

    public Uri Source => new(Server.Url + Name);

    public string Target => Path.Combine(Folder.Path, Name);

    public string Part => Target + ".part";

    /// <summary>The hash of the server's original file.</summary>
    public ExpectedHash Hash => ExpectedHash.Sha256Prefix(Convert.ToHexStringLower(SHA256.HashData(Content))[..8]);

    public static async Task<DownloadFixture> StartAsync() => new(await FileServer.StartAsync());

    public static FileDownloader NewDownloader(HttpClient client, TimeProvider time, ILoggerProvider? log = null) =>
        new(client, time, new LoggerFactory(log is null ? [] : [log]).CreateLogger<FileDownloader>());

    /// <summary>Replaces the server's file.</summary>
    public void Publish(byte[] content) => Server.Files[Name] = content;

    public Task DownloadAsync(CancellationToken? cancel = null, TimeProvider? time = null) => NewDownloader(_client, time ?? Time, Log)
        .RunAsync(Source, Target, Hash, cancel ?? TestContext.Current.CancellationToken);

    public async Task<string> FailAsync(TimeProvider? time = null) => (await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(time: time))).Message;

    /// <summary>Asserts that the file is complete and no partial file is left.</summary>
    public void AssertWhole()
    {
        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(Folder.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _client.Dispose();
        Folder.Dispose();
    }
}
