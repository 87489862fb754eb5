using System.Diagnostics;
using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Splits;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Training;
using Experiments.GpuWorker.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Benchmarks.Training;

/// <summary>Images per second of nothing but the model, on one batch that is there already.</summary>
internal sealed class BareStep : IDisposable
{
    private readonly TrainingSession _session;
    private readonly Tensor _images;
    private readonly Tensor _labels;

    public BareStep(TrainingHost host, TrainingJob job)
    {
        TorchThreads.Use(host.Options.Threads, host.Options.FlushDenormals);
        _session = host.Sessions.Open(job, CancellationToken.None);
        ImageBatch batch = _session.Data.Training.Batch([.. Enumerable.Range(0, _session.Settings.BatchSize)], _session.Device);
        using Tensor pixels = batch.Pixels;
        _images = _session.Normalizer.Normalize(ImageNormalizer.ToUnit(pixels));
        _labels = batch.Labels;
    }

    /// <summary>The images that the data set has in its splits.</summary>
    public (int Training, int Validation) Counts => (_session.Data.Training.Count, _session.Data.Validation.Count);

    /// <summary>Forward, loss, backward, update.</summary>
    public double TrainingRate(TimeSpan time)
    {
        _session.Model.PrepareToTrain(_session.Model.Blocks.Count, freezeBatchNorm: true);
        return Rate(time, Step);
    }

    /// <summary>Forward without gradients.</summary>
    public double EvaluationRate(TimeSpan time)
    {
        _session.Model.eval();
        using IDisposable unrecorded = no_grad();
        return Rate(time, () => _session.Model.forward(_images));
    }

    public void Dispose()
    {
        _images.Dispose();
        _labels.Dispose();
        _session.Dispose();
    }

    private void Step()
    {
        using Tensor loss = nn.functional.cross_entropy(_session.Mode.Train(_session.Model, _images).Main, _labels);
        loss.backward();
        _session.Optimizer.Step(new OptimizerStep { LearningRateOf = parameter => _session.LearningRateOf(parameter, 1) });
    }

    private double Rate(TimeSpan time, Action action)
    {
        long images = 0;
        Finish();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            using DisposeScope scope = NewDisposeScope();
            action();
            images += _labels.shape[0];
        }

        Finish();
        return images / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>GPUs are told what to do long before they have done it.</summary>
    private void Finish()
    {
        if (_session.Device.type == DeviceType.CUDA)
        {
            cuda.synchronize(_session.Device);
        }
    }
}
