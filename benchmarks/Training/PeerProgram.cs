using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.Benchmarks.Training;

/// <summary>The peer's rates in its last epoch, in images per second.</summary>
internal sealed record PeerRates(double EndToEnd, double Bare);

/// <summary>
/// A program in Python that trains the same: <c>PROGRAM FOLDER cnn|resnet18 none|standard BATCH LOADERS EPOCHS LIMIT</c>, which prints
/// "epoch N: X img/s end to end, bare step Y img/s" for each epoch.
/// </summary>
internal sealed partial record PeerProgram(string Program)
{
    private const string Python = "/usr/bin/python3";
    private const int Loaders = 2;

    public PeerRates Run(string folder, string model, string augmentation, int batchSize, int epochs, int limit)
    {
        ProcessStartInfo start = Start(folder, model, augmentation, batchSize, Loaders, epochs, limit);
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Match last = Line().Matches(output).LastOrDefault()
            ?? throw new InvalidOperationException($"{Program} ended with {process.ExitCode} and printed no rates: {output}");
        return new PeerRates(Number(last.Groups[1]), Number(last.Groups[2]));
    }

    /// <param name="loaders">Processes that load images; 0 to load them in the training process.</param>
    public ProcessStartInfo Start(string folder, string model, string augmentation, int batchSize, int loaders, int epochs, int limit) => new(Python,
    [
        Program, folder, model == "small_cnn" ? "cnn" : model, augmentation,
        .. ((int[])[batchSize, loaders, epochs, limit]).Select(number => number.ToString(CultureInfo.InvariantCulture)),
    ]);

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"([0-9.]+) img/s end to end, bare step ([0-9.]+) img/s")]
    private static partial Regex Line();
}
