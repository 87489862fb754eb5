using System.Globalization;
using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.RunLogs;

/// <summary>
/// The number of lines that an attempt may still write. The last ones are reserved for warnings, and the final ones for errors: the reason of a failure comes last, and
/// must not be lost because of earlier lines.
/// </summary>
internal sealed class LineBudget
{
    /// <summary>The limit of lines per second.</summary>
    public const int MostInASecond = 200;

    /// <summary>The additional limit for errors, per second and in total.</summary>
    private const int KeptForErrors = 100;

    private const int KeptForWarnings = 900;

    private DateTimeOffset _second;
    private int _inSecond;
    private int _all;

    /// <summary>False if there are too many.</summary>
    public bool Take(DateTimeOffset time, RunLogLevel level)
    {
        if (time - _second >= TimeSpan.FromSeconds(1) || time < _second)
        {
            (_second, _inSecond) = (time, 0);
        }

        bool isError = level == RunLogLevel.Error;
        if (_all >= MostFor(level) || _inSecond >= MostInASecond + (isError ? KeptForErrors : 0))
        {
            return false;
        }

        _inSecond++;
        _all++;
        return true;
    }

    public static string Explain(int leftOut) => string.Create(
        CultureInfo.InvariantCulture,
        $"{leftOut:N0} {(leftOut == 1 ? "line was" : "lines were")} left out: the log of an attempt takes {MostInASecond} lines a second and {RunLogLimits.MostLines:N0} in all");

    private static int MostFor(RunLogLevel level) => level switch
    {
        RunLogLevel.Error => RunLogLimits.MostLines,
        RunLogLevel.Warning => RunLogLimits.MostLines - KeptForErrors,
        _ => RunLogLimits.MostLines - KeptForErrors - KeptForWarnings,
    };
}
