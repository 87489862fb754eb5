using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Training;

namespace Experiments.Benchmarks.Training;

/// <summary>A trainer configured as in a worker, with runs in a folder that is deleted afterwards.</summary>
internal sealed class TrainingHost : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-benchmark-").FullName;
    private int _runs;

    /// <param name="device"><c>cpu</c> or <c>cuda:N</c>.</param>
    /// <param name="settings">Settings of the worker that differ from the defaults.</param>
    public TrainingHost(string device = "cpu", params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Worker:Device", device), .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))])
            .Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning))
            .AddTraining(configuration)
            .BuildServiceProvider();
    }

    public TrainingOptions Options => _services.GetRequiredService<TrainingOptions>();

    public SessionFactory Sessions => _services.GetRequiredService<SessionFactory>();

    public TrainingJob Job(Hyperparameters settings, DatasetSpec dataset) => new()
    {
        Hyperparameters = CellDefaults.Resolve(settings, dataset),
        Dataset = dataset,
        Objective = ObjectiveSpec.Default,
        Epochs = new EpochRange(0, settings.Epochs),
        Folder = Directory.CreateDirectory(Path.Combine(_folder, $"{++_runs}")).FullName,
    };

    public EpochTimes Train(TrainingJob job)
    {
        var times = new EpochTimes();
        Train(job, times, CancellationToken.None);
        return times;
    }

    public void Train(TrainingJob job, ITrainingListener listener, CancellationToken stop) =>
        _services.GetRequiredService<ITrainer>().Train(job, listener, stop, CancellationToken.None);

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
