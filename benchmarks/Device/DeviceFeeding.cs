using System.Globalization;
using Experiments.Benchmarks.Training;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Devices;

namespace Experiments.Benchmarks.Device;

/// <summary>Compares the images per second of a run with those of the bare step, with images in memory and in JPEG files.</summary>
internal sealed class DeviceFeeding(TrainingDevice device, DeviceSize size, DeviceReport report)
{
    private const string Part = "From files to weights";

    private const int SmallSide = 32;

    /// <summary>A cache budget that fits small images, but not the decoded images of the files.</summary>
    private string DatasetMemoryBytes => (3L * SmallSide * SmallSide * size.Images).ToString(CultureInfo.InvariantCulture);

    public void Run()
    {
        using var pictures = new PictureFolder(size.Images, size.LargeSide);
        Measure("resnet18", SmallSide, new DatasetSpec { Name = "digits", Limit = size.Images }, "kept decoded");
        Measure("resnet18", size.LargeSide, new DatasetSpec { Name = "imagefolder", Path = pictures.Folder }, "JPEG files, decoded for every epoch");
    }

    private void Measure(string model, int side, DatasetSpec dataset, string where)
    {
        using var host = new TrainingHost(device.Name, ("Worker:DatasetMemoryBytes", DatasetMemoryBytes));
        Hyperparameters settings = Hyperparameters.Default with
        {
            Model = model,
            ImageSize = side,
            SmallInput = false,
            BatchSize = size.BatchSize,
            Epochs = 2,
            Augmentation = "standard",
        };
        EpochTimes run = host.Train(host.Job(settings, dataset));
        using var step = new BareStep(host, host.Job(settings, dataset));
        step.TrainingRate(size.Time / 5);
        double bare = step.TrainingRate(size.Time);
        double waiting = Math.Max(0, 1 - (run.Rate / bare));
        report.Figure(
            Part,
            $"{model}, {side} pixels, {where}",
            $"{run.Rate.ToString("F0", CultureInfo.InvariantCulture)} images/s with augmentation, bare step {bare.ToString("F0", CultureInfo.InvariantCulture)}: "
            + $"the device waits {waiting.ToString("P0", CultureInfo.InvariantCulture)} of the time");
    }
}
