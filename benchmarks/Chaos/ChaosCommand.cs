using System.Globalization;
using System.Runtime.InteropServices;
using Experiments.TestSystem.Chaos;

namespace Experiments.Benchmarks.Chaos;

/// <summary>Reads the command line of the chaos run and runs it.</summary>
internal static class ChaosCommand
{
    private const int DefaultFaults = 200;

    /// <summary>The long run takes about a second per epoch on one core, longer than the broker's delivery timeout.</summary>
    private const int LeastLongEpochs = 80;
    private const string Allowed = "[FAULTS] [--seed N] [--workers N] [--lease SECONDS] [--report FILE]";

    /// <returns>0 when all guarantees hold, 1 when not.</returns>
    /// <exception cref="ArgumentException">The command line is invalid.</exception>
    public static async Task<int> RunAsync(string[] arguments)
    {
        bool hasFaults = arguments.Length % 2 == 1;
        int faults = hasFaults ? Number("FAULTS", arguments[0], 1, 10_000) : DefaultFaults;
        Dictionary<string, string> options = Options(arguments[(hasFaults ? 1 : 0)..]);
        var chaos = new ChaosOptions
        {
            Faults = faults,
            Seed = Number("--seed", options.GetValueOrDefault("--seed", "1"), 0, int.MaxValue),
            Workers = Number("--workers", options.GetValueOrDefault("--workers", "3"), 1, 100),
            LeaseSeconds = Number("--lease", options.GetValueOrDefault("--lease", "15"), 3, 3600),
            LongEpochs = Math.Max(LeastLongEpochs, faults),
            Tell = Console.WriteLine,
        };
        using var interrupt = new CancellationTokenSource();
        using PosixSignalRegistration interrupted = EndsOn(PosixSignal.SIGINT, interrupt);
        using PosixSignalRegistration terminated = EndsOn(PosixSignal.SIGTERM, interrupt);
        return await ReportAsync(await ChaosRun.RunAsync(chaos, interrupt.Token), options.GetValueOrDefault("--report"));
    }

    private static async Task<int> ReportAsync(ChaosOutcome outcome, string? file)
    {
        string report = ChaosReport.Of(outcome);
        Console.WriteLine();
        Console.WriteLine(report);
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, report);
        }

        if (!outcome.IsProven)
        {
            Console.Error.WriteLine($"WRONG with seed {outcome.Options.Seed}; kept: {outcome.Kept}");
        }

        return outcome.IsProven ? 0 : 1;
    }

    /// <summary>The processes that it started must end with it.</summary>
    private static PosixSignalRegistration EndsOn(PosixSignal signal, CancellationTokenSource interrupt) => PosixSignalRegistration.Create(
        signal,
        context =>
        {
            context.Cancel = true;
            interrupt.Cancel();
        });

    private static Dictionary<string, string> Options(string[] arguments)
    {
        var options = new Dictionary<string, string>();
        foreach (string[] pair in arguments.Chunk(2))
        {
            if (pair[0] is not ("--seed" or "--workers" or "--lease" or "--report") || !options.TryAdd(pair[0], pair[1]))
            {
                throw new ArgumentException($"not understood: {string.Join(' ', arguments)}; allowed: {Allowed}", nameof(arguments));
            }
        }

        return options;
    }

    private static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new ArgumentException($"{name} is \"{text}\"; allowed: {least} to {most}");
}
