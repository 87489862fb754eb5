using System.Security.Cryptography;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Tests.Downloads;

namespace Experiments.GpuWorker.Tests.Data.Downloads;

/// <summary>A server that publishes the files of the data set "set", and a worker's folder for them.</summary>
internal sealed class DatasetServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    private DatasetServer(FileServer server) => Web = server;

    public FileServer Web { get; }

    /// <summary>The folder of data sets.</summary>
    public string Cache => _folder.Path;

    public static async Task<DatasetServer> StartAsync() => new(await FileServer.StartAsync());

    /// <summary>The path of a file of the data set; its folder exists.</summary>
    public string Target(string name) => _folder.File("set", name);

    public DatasetDownload Publish(string name, byte[] content, params string[] members)
    {
        Web.Files[name] = content;
        return new DatasetDownload(Web.Url, [new PublishedFile(name, Md5Of(content), members)]);
    }

    public string Provide(DatasetDownload download, CancellationToken? cancel = null) => DataFixture
        .NewDownloads(new DatasetOptions { Cache = _folder.Path }, _client)
        .Provide("set", download, cancel ?? TestContext.Current.CancellationToken);

    public string Fail(DatasetDownload download)
    {
        TrainingException failure = Assert.Throws<TrainingException>(() => Provide(download));
        Assert.Equal(FailureKind.Data, failure.Kind);
        return failure.Message;
    }

    public static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * i % 251))];

    /// <summary>The visible entries of the data set's folder.</summary>
    public string[] Visible()
    {
        string folder = Path.Combine(Cache, "set");
        return
        [
            .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path))
                .Where(path => path[0] != '.')
                .Order(StringComparer.Ordinal),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    // The hash that data sets are published with.
#pragma warning disable CA5351
    private static string Md5Of(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));
#pragma warning restore CA5351
}
