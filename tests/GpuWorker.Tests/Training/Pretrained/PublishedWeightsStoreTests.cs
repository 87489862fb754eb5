using System.Security.Cryptography;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Training;
using Experiments.GpuWorker.Training.Pretrained;
using Microsoft.Extensions.Logging;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

public sealed class PublishedWeightsStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLog _log = new();
    private readonly byte[] _content = new byte[300_000];

    public PublishedWeightsStoreTests() => new Random(5).NextBytes(_content);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PublishedWeights Weights =>
        PublishedWeights.Find("resnet18")! with { File = $"tiny-{Convert.ToHexStringLower(SHA256.HashData(_content))[..8]}.pth" };

    private string Cached => _folder.File("cache", Weights.File);

    [Fact]
    public async Task Fetch_NotThere_IsDownloadedOnce()
    {
        await using WeightsServer server = await StartAsync();
        PublishedWeightsStore store = Store(server.Address);

        await store.FetchAsync(Weights, Token);
        await store.FetchAsync(Weights, Token);

        Assert.Equal(Cached, store.Find(Weights));
        Assert.Equal(_content, await File.ReadAllBytesAsync(Cached, Token));
        Assert.Equal([""], server.Requests);
        Assert.False(File.Exists(Cached + ".part"));
        Assert.Contains(_log.Entries, entry => entry.Message.Contains("300000 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fetch_PartIsThere_GoesOnFromItsEnd()
    {
        await using WeightsServer server = await StartAsync();
        await File.WriteAllBytesAsync(Cached + ".part", _content[..100_000], Token);

        await Store(server.Address).FetchAsync(Weights, Token);

        Assert.Equal(_content, await File.ReadAllBytesAsync(Cached, Token));
        Assert.Equal(["bytes=100000-"], server.Requests);
    }

    [Fact]
    public async Task Fetch_AllIsThereButWasNotChecked_IsCheckedAndTaken()
    {
        await using WeightsServer server = await StartAsync();
        await File.WriteAllBytesAsync(Cached + ".part", _content, Token);

        await Store(server.Address).FetchAsync(Weights, Token);

        Assert.Equal(_content, await File.ReadAllBytesAsync(Cached, Token));
    }

    [Fact]
    public async Task Fetch_ConnectionBreaks_GoesOnFromWhereItBroke()
    {
        await using WeightsServer server = await StartAsync();
        server.Broken = 2;

        await Store(server.Address).FetchAsync(Weights, Token);

        Assert.Equal(_content, await File.ReadAllBytesAsync(Cached, Token));
        Assert.Equal(["", "bytes=150000-", "bytes=225000-"], server.Requests);
    }

    [Fact]
    public async Task Fetch_ConnectionBreaksAgainAndAgain_Fails()
    {
        await using WeightsServer server = await StartAsync();
        server.Broken = int.MaxValue;
        server.AfterHalf = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        await AssertMissingAsync(Store(server.Address), "cannot be downloaded");

        Assert.Equal(3, server.Requests.Count);
        Assert.Null(Store(server.Address).Find(Weights));
    }

    [Fact]
    public async Task Fetch_ServerWithoutRanges_BeginsAnew()
    {
        await using WeightsServer server = await StartAsync();
        server.SupportsRanges = false;
        await File.WriteAllBytesAsync(Cached + ".part", _content[..1000], Token);

        await Store(server.Address).FetchAsync(Weights, Token);

        Assert.Equal(_content, await File.ReadAllBytesAsync(Cached, Token));
    }

    [Fact]
    public async Task Fetch_PartOfAnotherFile_IsDownloadedAnew()
    {
        await using WeightsServer server = await StartAsync();
        await File.WriteAllBytesAsync(Cached + ".part", new byte[1000], Token);

        await Store(server.Address).FetchAsync(Weights, Token);

        Assert.Equal(_content, await File.ReadAllBytesAsync(Cached, Token));
        Assert.Equal(["bytes=1000-", ""], server.Requests);
    }

    [Fact]
    public async Task Fetch_AnotherFileUnderTheName_IsRefusedAndRemoved()
    {
        PublishedWeights weights = Weights;
        await using WeightsServer server = await StartAsync();
        server.Content = [1, 2, 3];

        await AssertMissingAsync(Store(server.Address), "its SHA-256 is 039058c6", $"does not begin with {weights.HashPrefix}");

        Assert.False(File.Exists(Cached));
        Assert.False(File.Exists(Cached + ".part"));
    }

    [Fact]
    public async Task Fetch_NotPublished_NamesTheFileAndWhereToPutIt()
    {
        await using WeightsServer server = await StartAsync();
        server.File = "another.pth";

        await AssertMissingAsync(
            Store(server.Address), "404", $"needs {Weights.File} for resnet18", $"Download {server.Address}{Weights.File} and put it into {Path.GetDirectoryName(Cached)}", "--weights");

        Assert.Single(server.Requests);
    }

    [Fact]
    public Task Fetch_Offline_NamesTheFileAndWhereToPutIt() =>
        AssertMissingAsync(Store(new Uri("http://127.0.0.1:1/")), $"needs {Weights.File} for resnet18", "Connection refused", "put it into");

    [Fact]
    public async Task Fetch_Cancelled_KeepsWhatCame()
    {
        await using WeightsServer server = await StartAsync();
        server.Broken = 1;
        server.AfterHalf = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        Task fetching = Store(server.Address).FetchAsync(Weights, cancel.Token);
        while (!File.Exists(Cached + ".part") || new FileInfo(Cached + ".part").Length < 100_000)
        {
            await Task.Delay(5, Token);
        }

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        Assert.InRange(new FileInfo(Cached + ".part").Length, 100_000, 150_000);
    }

    [Fact]
    public async Task Fetch_SeveralAtATime_DownloadOnce()
    {
        await using WeightsServer server = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store(server.Address).FetchAsync(Weights, Token)));

        Assert.Single(server.Requests);
        Assert.Equal(_content, await File.ReadAllBytesAsync(Cached, Token));
    }

    [Fact]
    public async Task Fetch_InTheFolderOfWeights_IsTakenFromThere()
    {
        await using WeightsServer server = await StartAsync();
        string given = _folder.File("given", Weights.File);
        await File.WriteAllBytesAsync(given, _content, Token);
        PublishedWeightsStore store = Store(server.Address, Path.GetDirectoryName(given));

        await store.FetchAsync(Weights, Token);

        Assert.Equal(given, store.Find(Weights));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Fetch_AnotherFileInTheFolderOfWeights_IsRefused()
    {
        string given = _folder.File("given", Weights.File);
        await File.WriteAllBytesAsync(given, [1, 2, 3], Token);

        await AssertMissingAsync(Store(new Uri("http://127.0.0.1:1/"), Path.GetDirectoryName(given)), $"{given} is not that file");
    }

    [Theory]
    [InlineData("http://example.org/models/", false)]
    [InlineData("ftp://example.org/", false)]
    [InlineData("models", false)]
    [InlineData("https://example.org/models", true)]
    [InlineData("http://localhost:8000/", true)]
    public void Validate_Address_MustBeSecureOrOnThisMachine(string address, bool allowed)
    {
        var options = new PretrainedOptions { WeightsAddress = new Uri(address, UriKind.RelativeOrAbsolute) };

        Exception? failure = Record.Exception(options.Validate);

        Assert.Equal(allowed, failure is null);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<WeightsServer> StartAsync()
    {
        WeightsServer server = await WeightsServer.StartAsync();
        (server.Content, server.File) = (_content, Weights.File);
        return server;
    }

    private PublishedWeightsStore Store(Uri address, string? given = null)
    {
        var factory = new LoggerFactory([_log]);
        var options = new PretrainedOptions { WeightsAddress = address, WeightsCache = Path.GetDirectoryName(Cached)!, WeightsFolder = given };
        var download = new WeightsDownload(new HttpClient(), TimeProvider.System, factory.CreateLogger<WeightsDownload>());
        return new PublishedWeightsStore(options, download, factory.CreateLogger<PublishedWeightsStore>());
    }

    private async Task AssertMissingAsync(PublishedWeightsStore store, params string[] expected)
    {
        TrainingException failure = await Assert.ThrowsAsync<TrainingException>(() => store.FetchAsync(Weights, Token));
        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.All(expected, text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
    }
}
