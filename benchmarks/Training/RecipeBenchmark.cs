using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;

namespace Experiments.Benchmarks.Training;

/// <summary>
/// The times of the recipe <c>sweeps/cifar10-freeze.yaml</c> with real pretrained weights, by epoch: a ResNet-18 at 32 pixels, first its head alone,
/// then all of it. Next to them, if asked for, those of a program that trains the same in PyTorch.
/// </summary>
internal static partial class RecipeBenchmark
{
    private const string Python = "/usr/bin/python3";
    private const int Epochs = 10;
    private const int FrozenEpochs = 5;
    private const int Loaders = 2;

    /// <param name="arguments"><c>FOLDER WEIGHTS [--limit N] [--peer FILE]</c>.</param>
    public static void Run(string[] arguments)
    {
        (string folder, string weights) = (arguments[0], arguments[1]);
        int limit = Option("--limit") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 0;
        Epoch[] ours = Ours(folder, weights, limit);
        Report("ours", ours);
        if (Option("--peer") is { } program)
        {
            Epoch[] peer = Peer(program, folder, weights, limit);
            Report("peer", peer);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"recipe: peer/ours {peer.Sum(epoch => epoch.Seconds) / ours.Sum(epoch => epoch.Seconds):F2} (goal 1.8), of frozen epochs {Mean(peer[..FrozenEpochs]) / Mean(ours[..FrozenEpochs]):F2}, of the others {Mean(peer[FrozenEpochs..]) / Mean(ours[FrozenEpochs..]):F2}"));
        }

        string? Option(string name) => Array.IndexOf(arguments, name) is > 1 and int index && index + 1 < arguments.Length ? arguments[index + 1] : null;
    }

    private static Epoch[] Ours(string folder, string weights, int limit)
    {
        using var host = new TrainingHost();
        var settings = new Hyperparameters
        {
            Model = "resnet18",
            Pretrained = weights,
            ImageSize = 32,
            SmallInput = false,
            Epochs = Epochs,
            FreezeEpochs = FrozenEpochs,
            FreezeBatchNorm = false,
            Optimizer = OptimizerKind.Adam,
            LearningRate = 1e-3,
            WeightDecay = 1e-4,
            Scheduler = SchedulerKind.Plateau,
            SchedulerGamma = 0.5,
            SchedulerPatience = 2,
            BatchSize = 64,
            Augmentation = "standard",
        };
        long start = Stopwatch.GetTimestamp();
        EpochTimes times = host.Train(host.Job(settings, new DatasetSpec { Name = "imagefolder", Path = folder, Limit = limit == 0 ? null : limit }));
        return [.. times.Seconds(start).Zip(times.Results, (seconds, result) => new Epoch(seconds, result.Metrics[MetricNames.ValidationAccuracy]))];
    }

    private static Epoch[] Peer(string program, string folder, string weights, int limit)
    {
        var start = new ProcessStartInfo(Python, [program, folder, weights, $"{Epochs}", $"{FrozenEpochs}", $"{Loaders}", $"{limit}"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Epoch[] epochs = [.. Line().Matches(output).Select(line => new Epoch(Number(line.Groups[1]), Number(line.Groups[2])))];
        return epochs.Length == Epochs ? epochs : throw new InvalidOperationException($"{program} ended with {process.ExitCode} after {epochs.Length} epochs: {output}");
    }

    private static void Report(string who, Epoch[] epochs)
    {
        Console.WriteLine($"recipe: {who}, seconds of each epoch: {string.Join(", ", epochs.Select(epoch => epoch.Seconds.ToString("F1", CultureInfo.InvariantCulture)))}");
        Console.WriteLine($"recipe: {who}, validation accuracy: {string.Join(", ", epochs.Select(epoch => epoch.Accuracy.ToString("F3", CultureInfo.InvariantCulture)))}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"recipe: {who}, epoch {Epochs} / epoch {FrozenEpochs + 1}: {epochs[^1].Seconds / epochs[FrozenEpochs].Seconds:F2} (goal 1.05)"));
    }

    private static double Mean(Epoch[] epochs) => epochs.Average(epoch => epoch.Seconds);

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"epoch \d+: ([0-9.]+) s, validation accuracy ([0-9.]+)")]
    private static partial Regex Line();

    /// <param name="Seconds">With its evaluation.</param>
    private sealed record Epoch(double Seconds, double Accuracy);
}
