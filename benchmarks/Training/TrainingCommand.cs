using System.Globalization;

namespace Experiments.Benchmarks.Training;

/// <summary>Reads the command line of the training benchmark and runs it.</summary>
internal static class TrainingCommand
{
    /// <param name="arguments"><c>FOLDER [--limit N] [--rounds N] [--batch N] [--models a,b] [--peer FILE] [--only bare]</c>.</param>
    public static void Run(string[] arguments)
    {
        var options = new Dictionary<string, string>();
        for (int i = 1; i + 1 < arguments.Length; i += 2)
        {
            options[arguments[i]] = arguments[i + 1];
        }

        string[] unknown = [.. options.Where(option => option.Key == "--only" && option.Value != "bare").Select(option => option.Value), .. options.Keys.Except(["--limit", "--rounds", "--batch", "--models", "--peer", "--only"])];
        if (unknown.Length > 0 || arguments.Length % 2 == 0)
        {
            throw new ArgumentException($"not understood: {string.Join(' ', arguments)}; allowed: FOLDER [--limit N] [--rounds N] [--batch N] [--models a,b] [--peer FILE] [--only bare]", nameof(arguments));
        }

        int? limit = options.TryGetValue("--limit", out string? images) ? int.Parse(images, CultureInfo.InvariantCulture) : null;
        int rounds = int.Parse(options.GetValueOrDefault("--rounds", "3"), CultureInfo.InvariantCulture);
        int batchSize = int.Parse(options.GetValueOrDefault("--batch", "64"), CultureInfo.InvariantCulture);
        PeerProgram? peer = options.TryGetValue("--peer", out string? program) ? new PeerProgram(program) : null;
        var benchmark = new TrainingBenchmark(arguments[0], limit, rounds, batchSize, peer);
        foreach (string model in options.GetValueOrDefault("--models", "small_cnn,resnet18").Split(','))
        {
            if (options.ContainsKey("--only"))
            {
                benchmark.RunBare(model);
            }
            else
            {
                benchmark.Run(model);
            }
        }
    }
}
