using Experiments.Contracts.Catalog;

namespace Experiments.GpuWorker.Tests.Data.Downloads;

public sealed class DatasetDownloadsTests : IAsyncLifetime
{
    private DatasetServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await DatasetServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Provide_NotThere_DownloadsOnce()
    {
        DatasetDownload download = _server.Publish("images.gz", DatasetServer.Content(300_000));

        string folder = _server.Provide(download);
        _server.Provide(download);

        Assert.Equal(DatasetServer.Content(300_000), File.ReadAllBytes(Path.Combine(folder, "images.gz")));
        Assert.Equal([0L], _server.Web.Offsets);
        Assert.Equal(["images.gz"], _server.Visible());
    }

    [Fact]
    public void Provide_ConnectionBreaksOff_ResumesFromThere()
    {
        DatasetDownload download = _server.Publish("images.gz", DatasetServer.Content(300_000));
        _server.Web.CutAfter = 120_000;

        _server.Provide(download);

        Assert.Equal(DatasetServer.Content(300_000), File.ReadAllBytes(_server.Target("images.gz")));
        Assert.Equal(0, _server.Web.Offsets.First());
        Assert.True(_server.Web.Offsets.Count >= 3, string.Join(' ', _server.Web.Offsets));
    }

    [Fact]
    public void Provide_OtherContentThanPublished_IsRefusedAndNotKept()
    {
        DatasetDownload download = _server.Publish("images.gz", DatasetServer.Content(1000));
        _server.Web.Files["images.gz"] = DatasetServer.Content(999);

        string message = _server.Fail(download);

        Assert.Contains($"expected {download.Files[0].Md5}", message, StringComparison.Ordinal);
        Assert.Empty(_server.Visible());
    }

    [Fact]
    public void Provide_FileOfTheUserWithAnotherHash_IsLeftAloneAndNamed()
    {
        DatasetDownload download = _server.Publish("images.gz", DatasetServer.Content(1000));
        File.WriteAllText(_server.Target("images.gz"), "something else");

        Assert.Contains($"\"{_server.Target("images.gz")}\" is not images.gz of data set \"set\": its MD5 is ", _server.Fail(download), StringComparison.Ordinal);
        Assert.True(File.Exists(_server.Target("images.gz")));
    }

    [Fact]
    public void Provide_Offline_SaysWhatToPutWhere()
    {
        DatasetDownload download = _server.Publish("images.gz", DatasetServer.Content(10)) with { Url = DataFixture.Nowhere };

        string message = _server.Fail(download);

        Assert.Contains($"{DataFixture.Nowhere}images.gz", message, StringComparison.Ordinal);
        Assert.Contains($"to \"{_server.Target("images.gz")}\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Provide_NotOnTheServer_TellsItsAnswer()
    {
        DatasetDownload download = _server.Publish("images.gz", DatasetServer.Content(10));
        _server.Web.Files.Clear();

        Assert.Contains("it answered 404", _server.Fail(download), StringComparison.Ordinal);
    }

    [Fact]
    public void Provide_Cancelled_Throws()
    {
        DatasetDownload download = _server.Publish("images.gz", DatasetServer.Content(10));

        Assert.ThrowsAny<OperationCanceledException>(() => _server.Provide(download, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Provide_ManyAtATime_DownloadOnce()
    {
        DatasetDownload download = _server.Publish("images.gz", DatasetServer.Content(200_000));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _server.Provide(download), TestContext.Current.CancellationToken)));

        Assert.Single(_server.Web.Offsets);
    }

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
}
