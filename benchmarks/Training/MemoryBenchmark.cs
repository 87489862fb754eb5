using System.Diagnostics;
using System.Globalization;
using Experiments.Contracts.Sweeps;
using SkiaSharp;

namespace Experiments.Benchmarks.Training;

/// <summary>
/// Trains for some batches on a folder of pictures of 224 pixels a side and tells the most memory that it took, with the settings that a worker has by
/// default. Target: 20,000 pictures in less than 2 GB.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Side = 224;
    private const int DifferentImages = 100;
    private const int Batches = 40;

    public static void Run(int images)
    {
        string folder = Directory.CreateTempSubdirectory("experiments-benchmark-images-").FullName;
        try
        {
            WriteImages(folder, images);
            double before = PeakMegabytes();
            using var host = new TrainingHost();
            using var stop = new CancellationTokenSource();
            var settings = new Hyperparameters { Model = "lenet5", ImageSize = Side, Epochs = 1 };
            var batches = new BatchTimes(Batches, stop);
            long start = Stopwatch.GetTimestamp();
            host.Train(host.Job(settings, new DatasetSpec { Name = "imagefolder", Path = folder }), batches, stop.Token);
            Console.WriteLine($"memory: {images:N0} images at {Side} pixels looked at in {Stopwatch.GetElapsedTime(start, batches.First).TotalSeconds:F0} s, then {settings.BatchSize * batches.Rate:F0} images/s");
            Console.WriteLine($"memory: at most {PeakMegabytes():N0} MB resident, {before:N0} MB of them before training");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WriteImages(string folder, int images)
    {
        byte[][] contents = [.. Enumerable.Range(0, DifferentImages).Select(Encode)];
        for (int i = 0; i < images; i++)
        {
            string label = Directory.CreateDirectory(Path.Combine(folder, $"class-{i % 10}")).FullName;
            File.WriteAllBytes(Path.Combine(label, $"{i:D6}.jpg"), contents[i % DifferentImages]);
        }
    }

    private static byte[] Encode(int number)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Side + 32, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor((byte)(number * 2), 120, 90));
        using var paint = new SKPaint { Color = new SKColor(250, (byte)(number * 2), 30) };
        for (int i = 0; i < 12; i++)
        {
            canvas.DrawCircle((number * 31 * (i + 1)) % Side, (number * 17 * (i + 3)) % Side, 8 + (3 * i), paint);
        }

        using SKImage image = SKImage.FromBitmap(bitmap);
        using SKData data = image.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    /// <summary>The largest resident set of this process so far.</summary>
    private static double PeakMegabytes()
    {
        const string Key = "VmHWM:";
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Key, StringComparison.Ordinal));
        return long.Parse(line[Key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
