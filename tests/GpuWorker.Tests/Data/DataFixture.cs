using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Training;
using Experiments.ServiceDefaults.Files;

namespace Experiments.GpuWorker.Tests.Data;

/// <summary>Loads data sets as a worker does.</summary>
internal sealed class DataFixture(long budget = 1_000_000_000, params string[] roots) : IDisposable
{
    private readonly DatasetCache _cache = new(budget);

    public RecordingLog Log { get; } = new();

    public TemporaryFolder Folder { get; } = new();

    public TrainingData Load(DatasetSpec spec, int size = 16, long seed = 42) =>
        new DatasetLoader(new DatasetFolder(new AllowedFolders(roots)), new ImageDecoder(2, Log), _cache).Load(spec, size, seed, CancellationToken.None);

    public TrainingData Load(string name, int size = 16) => Load(new DatasetSpec { Name = name, Path = Folder.Path }, size);

    /// <summary>Loads what cannot be loaded.</summary>
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
        Folder.Dispose();
    }
}
