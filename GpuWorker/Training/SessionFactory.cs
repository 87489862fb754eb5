using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Distillation;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Randomness;
using Experiments.GpuWorker.Training.Checkpoints;
using Experiments.GpuWorker.Training.Execution;
using Experiments.GpuWorker.Training.Pretrained;
using Experiments.GpuWorker.Training.Progress;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training;

/// <summary>Prepares a training: data, model, and the checkpoint of an earlier attempt.</summary>
internal sealed class SessionFactory(
    TrainingDevice device, DatasetLoader datasets, PretrainedWeights pretrained, Teachers teachers, ILogger<SessionFactory> logger)
{
    /// <param name="job">A job with resolved hyperparameters.</param>
    /// <param name="interrupt">Ends the loading of data.</param>
    /// <exception cref="TrainingException">With the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="interrupt"/> was set.</exception>
    public TrainingSession Open(TrainingJob job, CancellationToken interrupt)
    {
        using SafetensorsContent? checkpoint = new ResumePoint(logger).TakeOver(job);
        if (checkpoint is null)
        {
            return OpenNew(job, null, interrupt);
        }

        TrainingSession session = OpenNew(job, RunCheckpoint.StateOf(checkpoint), interrupt);
        try
        {
            session.Checkpoint.Restore(checkpoint);
            return session;
        }
        catch (SafetensorsException e)
        {
            session.Dispose();
            logger.LogWarning("The checkpoint in {Folder} does not fit the run, which starts from the beginning: {Reason}", job.ResumeFolder, e.Message);
            File.Delete(Path.Combine(job.Folder, RunFiles.Checkpoint));
            File.Delete(Path.Combine(job.Folder, RunFiles.Best));
            return OpenNew(job, null, interrupt);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <param name="resumed">The state that will be restored: its weights replace the initial ones, whose source need not exist any more.</param>
    private TrainingSession OpenNew(TrainingJob job, TrainingState? resumed, CancellationToken interrupt)
    {
        Hyperparameters settings = job.Hyperparameters;
        // Modules detach their parameters from scopes; this one disposes the temporaries of building and initializing them.
        using DisposeScope scope = NewDisposeScope();
        var mode = new ForwardMode(settings, device.Torch);
        TrainingData data = datasets.Load(job.Dataset, settings.ImageSize!.Value, settings.Seed, job.Inputs, interrupt);
        ImageModel? model = null;
        WeightAverage? average = null;
        TrainingNetwork? network = null;
        Teacher? teacher = null;
        try
        {
            model = ModelRegistry.Create(settings, data.Classes.Count);
            RequireBatch(model, settings);
            using var generator = new Generator(CounterRandom.For(settings.Seed, RandomPurpose.Weights).NextUInt64());
            model.Initialize(generator);
            Normalization? normalization = resumed is null ? Pretrain(model, job, data.Classes, interrupt) : resumed.Normalization;
            mode.Prepare(model);
            TrainingData normalized = normalization is { } needed ? data with { Statistics = new ChannelStatistics(needed.Mean, needed.Deviation) } : data;
            average = NewAverage(settings, data, model, mode);
            network = new TrainingNetwork(model, average, mode, normalized.Statistics, device.Torch);

            // A stopped attempt has not fetched the teacher's weights.
            interrupt.ThrowIfCancellationRequested();
            teacher = teachers.Find(settings.Teacher, data.Classes);
            return new TrainingSession(job, normalized, network, teacher, new TrainingState { Normalization = normalization });
        }
        catch
        {
            teacher?.Dispose();
            if (network is not null)
            {
                network.Dispose();
            }
            else
            {
                average?.Dispose();
                model?.Dispose();
            }

            data.Dispose();
            throw;
        }
    }

    private WeightAverage? NewAverage(Hyperparameters settings, TrainingData data, ImageModel model, ForwardMode mode)
    {
        if (settings.EmaDecay is not { } decay)
        {
            return null;
        }

        ImageModel average = ModelRegistry.Create(settings, data.Classes.Count);
        try
        {
            mode.Prepare(average);
            return new WeightAverage(average, model, decay, device.Torch);
        }
        catch
        {
            average.Dispose();
            throw;
        }
    }

    /// <summary>Loads pretrained weights, and records them.</summary>
    /// <returns>The normalization that they require; null to use the data set's.</returns>
    private Normalization? Pretrain(ImageModel model, TrainingJob job, IReadOnlyList<string> classes, CancellationToken interrupt)
    {
        interrupt.ThrowIfCancellationRequested();
        if (pretrained.Apply(model, job.Hyperparameters, classes, job.Inputs, interrupt) is not { } initialization)
        {
            return null;
        }

        InitializationFile.Write(job.Folder, initialization);
        return initialization.Normalization;
    }

    private static void RequireBatch(ImageModel model, Hyperparameters settings)
    {
        if (model.UsesBatchNorm && settings.BatchSize < 2)
        {
            throw new TrainingException(
                FailureKind.Invalid,
                $"batchSize is {settings.BatchSize}; {settings.Model} has batch norm and needs at least 2");
        }
    }
}
