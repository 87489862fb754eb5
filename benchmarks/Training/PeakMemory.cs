using System.Diagnostics;
using System.Globalization;

namespace Experiments.Benchmarks.Training;

/// <summary>The peak resident memory of a process.</summary>
internal static class PeakMemory
{
    private const string Key = "VmHWM:";

    /// <summary>Bytes of this process so far, as Linux counts them (proc(5), VmHWM).</summary>
    public static long OfThisProcess() => Read("self");

    /// <summary>Runs a program until it ends.</summary>
    /// <returns>Bytes; the last value before it ended.</returns>
    /// <exception cref="InvalidOperationException">It ended with another code than 0.</exception>
    public static async Task<long> OfAsync(ProcessStartInfo start, CancellationToken cancellationToken = default)
    {
        using Process process = Process.Start(start)!;
        long peak = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, Read(process.Id.ToString(CultureInfo.InvariantCulture)));
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return process.ExitCode == 0 ? peak : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}");
    }

    /// <returns>0 for a process that has just ended.</returns>
    private static long Read(string process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line[Key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
