using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Caching;
using Experiments.GpuWorker.Data.Downloads;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Inputs;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Tests.Downloads;
using Experiments.ServiceDefaults.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.GpuWorker.Tests.Data;

/// <summary>Loads data sets as a worker does.</summary>
internal sealed class DataFixture(long budget = 1_000_000_000, params string[] roots) : IDisposable
{
    /// <summary>A port that nothing listens on.</summary>
    public const string Nowhere = "http://127.0.0.1:9/";

    private readonly DatasetCache _cache = new(budget);
    private readonly HttpClient _client = new();

    public RecordingLog Log { get; } = new();

    public TemporaryFolder Folder { get; } = new();

    /// <summary>The folder of downloaded data sets.</summary>
    public string Cache => Path.Combine(Folder.Path, "cache");

    /// <summary>Downloads fail: only cached data sets are available.</summary>
    private DatasetDownloads Downloads => NewDownloads(
        new DatasetOptions { Cache = Cache, Mirrors = new Dictionary<string, string> { ["cifar10"] = Nowhere, ["mnist"] = Nowhere } }, _client);

    private DatasetDecoder Decoder => new(new ImageDecoder(2), new Logger<DatasetDecoder>(new LoggerFactory([Log])));

    public static DatasetDownloads NewDownloads(DatasetOptions options, HttpClient client) =>
        new(options, DownloadFixture.NewDownloader(client, new HurriedTime()));

    public TrainingData Load(DatasetSpec spec, int size = 16, long seed = 42) =>
        new DatasetLoader(new DatasetFolder(new AllowedFolders(roots)), Downloads, Decoder, _cache, new InputCheck(new NoOriginalInputs(), NullLogger<InputCheck>.Instance))
            .Load(spec, size, seed, expected: null, CancellationToken.None);

    public TrainingData Load(string name, int size = 16) => Load(new DatasetSpec { Name = name, Path = Folder.Path }, size);

    /// <summary>Loads a data set that must be refused.</summary>
    public string Fail(DatasetSpec spec, FailureKind kind = FailureKind.Data)
    {
        TrainingException failure = Assert.Throws<TrainingException>(() => Load(spec));
        Assert.Equal(kind, failure.Kind);
        return failure.Message;
    }

    public string Fail(string name) => Fail(new DatasetSpec { Name = name, Path = Folder.Path });

    public void Dispose()
    {
        _cache.Dispose();
        _client.Dispose();
        Folder.Dispose();
    }
}
