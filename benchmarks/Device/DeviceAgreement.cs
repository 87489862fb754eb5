using System.Globalization;
using Experiments.Benchmarks.Training;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Splits;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Benchmarks.Device;

/// <summary>Checks that the device agrees with the CPU, resumes from a checkpoint, and recovers from running out of memory.</summary>
internal sealed class DeviceAgreement(TrainingDevice device, DeviceSize size, DeviceReport report)
{
    private const string Part = "Agreement with the CPU";
    private const int BatchSize = 32;

    /// <summary>Relative to the largest logit; float32 sums are taken in a different order.</summary>
    private const double LogitTolerance = 1e-3;

    /// <summary>Relative to the loss after an epoch; differences grow from step to step.</summary>
    private const double LossTolerance = 0.05;

    private readonly DatasetSpec _dataset = new() { Name = "digits", Limit = size.Images };

    public void Run()
    {
        using var here = new TrainingHost(device.Name);
        using var cpu = new TrainingHost("cpu");
        foreach (string model in size.Models)
        {
            CompareLogits(here, cpu, model);
            CompareEpoch(here, cpu, model);
        }

        Resume(here);
        RunOutOfMemory(here);
    }

    private static Hyperparameters Settings(string model, int epochs) => Hyperparameters.Default with
    {
        Model = model,
        ImageSize = Math.Max(32, ModelCatalog.Find(model)!.MinimumImageSize),
        BatchSize = BatchSize,
        Epochs = epochs,
        Optimizer = OptimizerKind.Sgd,
        LearningRate = 0.01,
    };

    private void CompareLogits(TrainingHost here, TrainingHost cpu, string model)
    {
        using Tensor expected = Logits(cpu, model);
        using Tensor found = Logits(here, model);
        using Tensor difference = (found - expected).abs().max();
        using Tensor largest = expected.abs().max();
        double share = difference.ToDouble() / Math.Max(largest.ToDouble(), 1e-6);
        report.Check(Part, $"logits of {model}, largest difference over the largest logit", Text(share), share <= LogitTolerance);
    }

    private Tensor Logits(TrainingHost host, string model)
    {
        using TrainingSession session = host.Sessions.Open(host.Job(Settings(model, 1), _dataset), CancellationToken.None);
        using IDisposable unrecorded = no_grad();
        using IDisposable? exact = ExactConvolutions.On(session.Network.Device);
        using DisposeScope scope = NewDisposeScope();
        session.Network.Model.eval();
        ImageBatch batch = session.Data.Training.Batch([.. Enumerable.Range(0, BatchSize)], session.Network.Device);
        return session.Network.Model.forward(session.Network.Normalizer.Normalize(ImageNormalizer.ToUnit(batch.Pixels))).cpu().MoveToOuterDisposeScope();
    }

    private void CompareEpoch(TrainingHost here, TrainingHost cpu, string model)
    {
        double expected = LossAfterAnEpoch(cpu, model);
        double found = LossAfterAnEpoch(here, model);
        double share = Math.Abs(found - expected) / expected;
        report.Check(Part, $"{model}: validation loss after an epoch, here and on the CPU", $"{Text(found)}, {Text(expected)}", share <= LossTolerance);
    }

    private double LossAfterAnEpoch(TrainingHost host, string model) =>
        host.Train(host.Job(Settings(model, 1), _dataset)).Results[^1].Metrics[MetricNames.ValidationLoss];

    private void Resume(TrainingHost here)
    {
        TrainingJob whole = here.Job(Settings("small_cnn", 2), _dataset);
        double expected = here.Train(whole).Results[^1].Metrics[MetricNames.ValidationLoss];
        TrainingJob first = here.Job(Settings("small_cnn", 2), _dataset) with { Epochs = new EpochRange(0, 1) };
        here.Train(first);
        TrainingJob second = here.Job(Settings("small_cnn", 2), _dataset) with { Epochs = new EpochRange(1, 2), ResumeFolder = first.Folder };
        double found = here.Train(second).Results[^1].Metrics[MetricNames.ValidationLoss];

        // GPUs may sum in a different order in each run.
        double share = Math.Abs(found - expected) / expected;
        bool isEnough = device.CudaIndex is null ? found == expected : share <= LossTolerance;
        report.Check(Part, "a run of two epochs, resumed after the first and in one go: loss", found == expected ? $"{Text(found)}, the same to the last bit" : $"{Text(found)}, {Text(expected)}", isEnough);
    }

    /// <summary>Not on the CPU, where the whole machine would run out of memory.</summary>
    private void RunOutOfMemory(TrainingHost here)
    {
        const string What = "memory that is not enough fails one run, not the worker";
        if (device.CudaIndex is null)
        {
            report.Figure(Part, What, "not tried on the CPU");
            return;
        }

        FailureKind? kind = null;
        try
        {
            here.Train(here.Job(Settings("vgg19", 1) with { ImageSize = 2048, BatchSize = 64 }, _dataset with { Limit = null }));
        }
        catch (TrainingException failure)
        {
            kind = failure.Kind;
        }

        double after = LossAfterAnEpoch(here, "small_cnn");
        report.Check(Part, What, $"ended as {kind?.ToString() ?? "completed"}; the next run's loss is {Text(after)}", kind == FailureKind.OutOfMemory && double.IsFinite(after));
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
