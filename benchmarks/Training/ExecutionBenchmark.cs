using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Models;

namespace Experiments.Benchmarks.Training;

/// <summary>The gain of memory formats and precisions for each architecture on this machine, measured alternately.</summary>
internal static class ExecutionBenchmark
{
    private const int BatchSize = 32;
    private const int Rounds = 3;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);
    private static readonly DatasetSpec Dataset = new() { Name = "digits" };

    /// <param name="models">Empty for all.</param>
    public static void Run(IReadOnlyList<string> models)
    {
        using var host = new TrainingHost();
        Console.WriteLine($"{"model",-20} {"image",6} {"images/s",9} {"channels last",14} {"bfloat16",9} {"both",6}");
        foreach (string model in models.Count == 0 ? ModelRegistry.All.Names : models)
        {
            Run(host, model);
        }
    }

    private static void Run(TrainingHost host, string model)
    {
        Hyperparameters plain = Hyperparameters.Default with
        {
            Model = model,
            BatchSize = BatchSize,
            ChannelsLast = false,
            ImageSize = Math.Max(32, ModelCatalog.Find(model)!.MinimumImageSize),
        };
        Hyperparameters half = plain with { Precision = Precision.BFloat16 };
        Hyperparameters[] kinds = [plain, plain with { ChannelsLast = true }, half, half with { ChannelsLast = true }];
        BareStep[] steps = [.. kinds.Select(kind => new BareStep(host, host.Job(kind, Dataset)))];
        double[][] rates = [.. Enumerable.Range(0, Rounds + 1).Select(_ => steps.Select(step => step.TrainingRate(Time)).ToArray()).Skip(1)];
        foreach (BareStep step in steps)
        {
            step.Dispose();
        }

        double[] ratios = [.. Enumerable.Range(0, kinds.Length).Select(kind => Median(rates.Select(round => round[kind] / round[0])))];
        Console.WriteLine(
            $"{model,-20} {plain.ImageSize,6} {Median(rates.Select(round => round[0])),9:F0} {ratios[1],14:F2} {ratios[2],9:F2} {ratios[3],6:F2}");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
