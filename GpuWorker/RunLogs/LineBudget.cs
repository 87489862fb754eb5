using System.Globalization;
using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.RunLogs;

/// <summary>
/// How many lines an attempt may still write. The last of them are for warnings, and the very last for errors: what an attempt fails with comes last, and
/// must not be lost behind what led to it.
/// </summary>
internal sealed class LineBudget
{
    /// <summary>Lines within a second.</summary>
    public const int MostInASecond = 200;

    /// <summary>Errors have so many more, in a second and in all.</summary>
    private const int KeptForErrors = 100;

    private const int KeptForWarnings = 900;

    private DateTimeOffset _second;
    private int _inSecond;
    private int _all;

    /// <summary>False when there are too many.</summary>
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
