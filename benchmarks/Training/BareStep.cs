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

/// <summary>Images per second of the model alone, on one batch in memory.</summary>
internal sealed class BareStep : IDisposable
{
    private readonly TrainingSession _session;
    private readonly Tensor _images;
    private readonly Tensor _labels;

    public BareStep(TrainingHost host, TrainingJob job)
    {
        TorchThreads.Use(host.Options.Threads, host.Options.FlushDenormals);
        _session = host.Sessions.Open(job, CancellationToken.None);
        ImageBatch batch = _session.Data.Training.Batch([.. Enumerable.Range(0, _session.Settings.BatchSize)], _session.Network.Device);
        using Tensor pixels = batch.Pixels;
        _images = _session.Network.Normalizer.Normalize(ImageNormalizer.ToUnit(pixels));
        _labels = batch.Labels;
    }

    /// <summary>The number of images in the data set's splits.</summary>
    public (int Training, int Validation) Counts => (_session.Data.Training.Count, _session.Data.Validation.Count);

    /// <summary>Forward, loss, backward, update.</summary>
    public double TrainingRate(TimeSpan time)
    {
        _session.Network.Model.PrepareToTrain(_session.Network.Model.Blocks.Count, freezeBatchNorm: true);
        return Rate(time, Step);
    }

    /// <summary>Forward without gradients.</summary>
    public double EvaluationRate(TimeSpan time)
    {
        _session.Network.Model.eval();
        using IDisposable unrecorded = no_grad();
        return Rate(time, () => _session.Network.Model.forward(_images));
    }

    public void Dispose()
    {
        _images.Dispose();
        _labels.Dispose();
        _session.Dispose();
    }

    private void Step()
    {
        using Tensor loss = nn.functional.cross_entropy(_session.Network.Train(_images).Main, _labels);
        loss.backward();
        _session.Optimization.Optimizer.Step(new OptimizerStep { LearningRateOf = parameter => _session.Optimization.LearningRateOf(parameter, 1) });
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

    /// <summary>GPUs execute asynchronously: wait until they are done.</summary>
    private void Finish()
    {
        if (_session.Network.Device.type == DeviceType.CUDA)
        {
            cuda.synchronize(_session.Network.Device);
        }
    }
}
