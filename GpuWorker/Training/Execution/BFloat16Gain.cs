using System.Diagnostics;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Execution;

/// <summary>Measures how much faster a model's training step is in bfloat16 than in float32 on this worker's device.</summary>
internal sealed class BFloat16Gain(TrainingDevice device, TrainingOptions options)
{
    private const int BatchSize = 16;
    private const int ImageSize = 32;
    private const int Classes = 10;
    private static readonly DatasetSpec Dataset = new() { Name = "digits" };
    private const int Rounds = 4;
    private const int StepsPerRound = 2;

    /// <summary>
    /// The time of a step (forward, backward, Adam) in float32 divided by its time in bfloat16: batches of 16 images of 32 pixels, both precisions in
    /// turns, the fastest round of each. Takes seconds, and all threads of the worker.
    /// </summary>
    public double Of(string model)
    {
        TorchThreads.Use(options.Threads, options.FlushDenormals);
        using DisposeScope scope = NewDisposeScope();
        Hyperparameters settings = CellDefaults.Resolve(Hyperparameters.Default with { Model = model, ImageSize = ImageSize, BatchSize = BatchSize }, Dataset);
        using ImageModel network = ModelRegistry.Create(settings, Classes);
        using (var generator = new Generator(0))
        {
            network.Initialize(generator);
        }

        ForwardMode[] modes = [Mode(settings, Precision.Float32), Mode(settings, Precision.BFloat16)];
        modes[0].Prepare(network);
        network.PrepareToTrain(network.Blocks.Count, freezeBatchNorm: true);
        using var optimizer = new Optimizer(OptimizerRegistry.All["adam"](settings), [.. network.named_parameters()], options.Threads);
        Tensor images = rand([BatchSize, 3, ImageSize, ImageSize], device: device.Torch);
        Tensor labels = arange(BatchSize, ScalarType.Int64, device.Torch).remainder(Classes);

        // The first round warms up.
        TimeSpan[][] times = [.. Enumerable.Range(0, Rounds).Select(_ => modes.Select(mode => Time(() => Step(mode, network, optimizer, images, labels))).ToArray())];
        return times.Skip(1).Min(round => round[0]) / times.Skip(1).Min(round => round[1]);
    }

    private ForwardMode Mode(Hyperparameters settings, Precision precision) => new(settings with { Precision = precision }, device.Torch);

    private static void Step(ForwardMode mode, ImageModel network, Optimizer optimizer, Tensor images, Tensor labels)
    {
        using DisposeScope scope = NewDisposeScope();
        nn.functional.cross_entropy(mode.Train(network, images).Main, labels).backward();
        optimizer.Step(new OptimizerStep { LearningRateOf = _ => 1e-4 });
    }

    private TimeSpan Time(Action step)
    {
        Finish();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < StepsPerRound; i++)
        {
            step();
        }

        Finish();
        return Stopwatch.GetElapsedTime(start);
    }

    private void Finish()
    {
        if (device.CudaIndex is not null)
        {
            cuda.synchronize(device.Torch);
        }
    }
}
