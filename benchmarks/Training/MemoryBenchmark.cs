using System.Diagnostics;
using Experiments.Contracts.Configuration;

namespace Experiments.Benchmarks.Training;

/// <summary>
/// Trains for some batches on a folder of images of 224 pixels a side and prints the peak resident memory, with a worker's default settings.
/// Target: 20,000 images in less than 2 GB.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Side = 224;
    private const int Batches = 40;

    public static void Run(int images)
    {
        using var pictures = new PictureFolder(images, Side);
        double before = PeakMemory.OfThisProcess() / 1e6;
        using var host = new TrainingHost();
        using var stop = new CancellationTokenSource();
        var settings = new Hyperparameters { Model = "lenet5", ImageSize = Side, Epochs = 1 };
        var batches = new BatchTimes(Batches, stop);
        long start = Stopwatch.GetTimestamp();
        host.Train(host.Job(settings, new DatasetSpec { Name = "imagefolder", Path = pictures.Folder }), batches, stop.Token);
        Console.WriteLine($"memory: {images:N0} images at {Side} pixels looked at in {Stopwatch.GetElapsedTime(start, batches.First).TotalSeconds:F0} s, then {settings.BatchSize * batches.Rate:F0} images/s");
        Console.WriteLine($"memory: at most {PeakMemory.OfThisProcess() / 1e6:N0} MB resident, {before:N0} MB of them before training");
    }
}
