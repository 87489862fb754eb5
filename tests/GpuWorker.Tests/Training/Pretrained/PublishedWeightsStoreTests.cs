using System.Security.Cryptography;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Tests.Downloads;
using Experiments.GpuWorker.Training.Pretrained;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

public sealed class PublishedWeightsStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLog _log = new();
    private readonly HttpClient _client = new();
    private readonly byte[] _content = new byte[300_000];

    public PublishedWeightsStoreTests() => new Random(5).NextBytes(_content);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PublishedWeights Weights =>
        PublishedWeights.Find("resnet18")! with { File = $"tiny-{Convert.ToHexStringLower(SHA256.HashData(_content))[..8]}.pth" };

    private string Cached => _folder.File("cache", Weights.File);

    [Fact]
    public async Task Fetch_NotThere_IsDownloadedOnce()
    {
        await using FileServer server = await StartAsync();
        PublishedWeightsStore store = Store(new Uri(server.Url));

        await store.FetchAsync(Weights, Token);
        await store.FetchAsync(Weights, Token);

        Assert.Equal(Cached, store.Find(Weights));
        Assert.Equal(_content, await File.ReadAllBytesAsync(Cached, Token));
        Assert.Equal([0L], server.Offsets);
        Assert.False(File.Exists(Cached + ".part"));
        Assert.Contains(_log.Entries, entry => entry.Message.Contains("300000 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fetch_AnotherFileUnderTheName_IsRefusedAndRemoved()
    {
        PublishedWeights weights = Weights;
        await using FileServer server = await StartAsync();
        server.Files[weights.File] = [1, 2, 3];

        await AssertMissingAsync(Store(new Uri(server.Url)), "its SHA-256 is 039058c6", $"does not begin with {weights.HashPrefix}");

        Assert.False(File.Exists(Cached));
        Assert.False(File.Exists(Cached + ".part"));
    }

    [Fact]
    public async Task Fetch_NotPublished_NamesTheFileAndWhereToPutIt()
    {
        await using FileServer server = await StartAsync();
        server.Files.Clear();

        await AssertMissingAsync(
            Store(new Uri(server.Url)), "404", $"needs {Weights.File} for resnet18", $"Download {server.Url}{Weights.File} and put it into {Path.GetDirectoryName(Cached)}", "--weights");

        Assert.Single(server.Offsets);
    }

    [Fact]
    public Task Fetch_Offline_NamesTheFileAndWhereToPutIt() =>
        AssertMissingAsync(Store(new Uri("http://127.0.0.1:1/")), $"needs {Weights.File} for resnet18", "Connection refused", "put it into");

    [Fact]
    public async Task Fetch_ConnectionBreaks_ResumesWhereItBroke()
    {
        await using FileServer server = await StartAsync();
        (server.CutAfter, server.Cut) = (150_000, _ => Task.CompletedTask);

        await Store(new Uri(server.Url)).FetchAsync(Weights, Token);

        Assert.Equal(_content, await File.ReadAllBytesAsync(Cached, Token));
        Assert.Equal([0, 150_000L], server.Offsets);
    }

    [Fact]
    public async Task Fetch_SeveralAtATime_DownloadOnce()
    {
        await using FileServer server = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store(new Uri(server.Url)).FetchAsync(Weights, Token)));

        Assert.Single(server.Offsets);
        Assert.Equal(_content, await File.ReadAllBytesAsync(Cached, Token));
    }

    [Fact]
    public async Task Fetch_InTheFolderOfWeights_IsTakenFromThere()
    {
        await using FileServer server = await StartAsync();
        string given = _folder.File("given", Weights.File);
        await File.WriteAllBytesAsync(given, _content, Token);
        PublishedWeightsStore store = Store(new Uri(server.Url), Path.GetDirectoryName(given));

        await store.FetchAsync(Weights, Token);

        Assert.Equal(given, store.Find(Weights));
        Assert.Empty(server.Offsets);
    }

    [Fact]
    public async Task Fetch_AnotherFileInTheFolderOfWeights_IsUsedAndReported()
    {
        string given = _folder.File("given", Weights.File);
        await File.WriteAllBytesAsync(given, [1, 2, 3], Token);
        PublishedWeightsStore store = Store(new Uri("http://127.0.0.1:1/"), Path.GetDirectoryName(given));

        await store.FetchAsync(Weights, Token);

        Assert.Equal(given, store.Find(Weights));
        Assert.Equal($"its SHA-256 is 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81, which does not begin with {Weights.HashPrefix}", PublishedWeightsStore.DescribeMismatch(Weights, given));
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private async Task<FileServer> StartAsync()
    {
        FileServer server = await FileServer.StartAsync();
        server.Files[Weights.File] = _content;
        return server;
    }

    private PublishedWeightsStore Store(Uri address, string? given = null)
    {
        var options = new PretrainedOptions { WeightsAddress = address, WeightsCache = Path.GetDirectoryName(Cached)!, WeightsFolder = given };
        return new PublishedWeightsStore(options, DownloadFixture.NewDownloader(_client, new HurriedTime(), _log));
    }

    private async Task AssertMissingAsync(PublishedWeightsStore store, params string[] expected)
    {
        TrainingException failure = await Assert.ThrowsAsync<TrainingException>(() => store.FetchAsync(Weights, Token));
        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.All(expected, text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
    }
}
