using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Inputs;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Training;
using Experiments.GpuWorker.Training.Pretrained;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Experiments.GpuWorker.Tests.Training;

/// <summary>A worker's trainer on the CPU, with folders for its runs. By default it saves a checkpoint after every epoch.</summary>
internal sealed class TrainingFixture : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly TemporaryFolder _folder = new();
    private int _runs;

    public TrainingFixture(params (string Key, string Value)[] settings)
        : this(TimeProvider.System, settings)
    {
    }

    public TrainingFixture(TimeProvider time, params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Worker:Device", "cpu"), new("Worker:Threads", "2"), new("Worker:CheckpointSeconds", "0")])
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)))
            .Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<IPretrainedRuns>(Runs)
            .AddSingleton<IOriginalInputs>(Originals)
            .AddSingleton(time)
            .AddTraining(configuration)
            .BuildServiceProvider();
    }

    public RecordingLog Log { get; } = new();

    public KnownRuns Runs { get; } = new();

    public KnownInputs Originals { get; } = new();

    public ITrainer Trainer => _services.GetRequiredService<ITrainer>();

    public static Hyperparameters Quick { get; } = Hyperparameters.Default with { Epochs = 2, LearningRate = 1e-3 };

    public static DatasetSpec Digits(int? limit = null) => new() { Name = "digits", Limit = limit };

    /// <summary>A job with its own folder.</summary>
    public TrainingJob Job(Hyperparameters settings, DatasetSpec? dataset = null, string? resumeFrom = null) => new()
    {
        Hyperparameters = settings,
        Dataset = dataset ?? Digits(limit: 200),
        Objective = ObjectiveSpec.Default,
        Epochs = new EpochRange(0, settings.Epochs),
        Folder = _folder.Folder($"run-{++_runs}"),
        ResumeFolder = resumeFrom,
    };

    /// <summary>Trains to the end of the job's epochs.</summary>
    public RecordingListener Train(TrainingJob job, RecordingListener? reacting = null)
    {
        RecordingListener listener = reacting ?? new RecordingListener();
        TrainingOutcome expected = job.Epochs.Last < job.Hyperparameters.Epochs ? TrainingOutcome.RangeEnded : TrainingOutcome.Completed;
        Assert.Equal(expected, Trainer.Train(job, listener, CancellationToken.None, CancellationToken.None));
        return listener;
    }

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    /// <summary>A test double of an Orchestrator that knows the input files of runs.</summary>
    internal sealed class KnownInputs : IOriginalInputs
    {
        public InputContent Content { get; set; } = new(null, "unknown");

        public List<(string RunId, RunInput Input)> Asked { get; } = [];

        public Task<InputContent> DescribeAsync(string runId, RunInput input, CancellationToken cancellationToken)
        {
            Asked.Add((runId, input));
            return Task.FromResult(Content);
        }
    }

    /// <summary>The finished runs whose weights the trainer can find.</summary>
    internal sealed class KnownRuns : IPretrainedRuns
    {
        public Dictionary<string, string> Weights { get; } = [];

        public List<string> Fetched { get; } = [];

        public Task FetchAsync(string runId, CancellationToken cancellationToken)
        {
            Fetched.Add(runId);
            return Task.CompletedTask;
        }

        public string? FindBestWeights(string runId) => Weights.GetValueOrDefault(runId);
    }
}
