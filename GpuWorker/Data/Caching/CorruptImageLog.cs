using System.Globalization;
using System.Text;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Data.Sets;

namespace Experiments.GpuWorker.Data.Caching;

/// <summary>Logs every image that cannot be decoded, many per entry: a run's log has a limit of entries per second.</summary>
internal static class CorruptImageLog
{
    /// <summary>Leaves room for the text before the list.</summary>
    private const int LongestList = RunLogLimits.LongestMessage - 200;

    /// <param name="corrupt">At least one.</param>
    /// <param name="of">The number of images that were decoded.</param>
    /// <param name="leftOut">Whether the run trains without them.</param>
    public static void Write(ILogger logger, IReadOnlyList<CorruptImage> corrupt, int of, bool leftOut)
    {
        LogLevel level = leftOut ? LogLevel.Warning : LogLevel.Error;
        string summary = string.Create(
            CultureInfo.InvariantCulture, $"{(leftOut ? "Left out " : "")}{corrupt.Count:N0} of {of:N0} images{(leftOut ? " that" : "")} cannot be decoded");
        int named = 0;
        foreach ((string list, int images) in Lists(corrupt))
        {
            logger.Log(level, "{Summary} ({First} to {Last}):\n{Images}", summary, named + 1, named + images, list);
            named += images;
        }
    }

    /// <summary>One image per line.</summary>
    private static IEnumerable<(string List, int Images)> Lists(IReadOnlyList<CorruptImage> corrupt)
    {
        var list = new StringBuilder();
        int images = 0;
        foreach (CorruptImage image in corrupt)
        {
            string line = image.ToString();
            if (images > 0 && list.Length + line.Length > LongestList)
            {
                yield return (list.ToString(), images);
                list.Clear();
                images = 0;
            }

            list.Append(images == 0 ? "" : "\n").Append(line);
            images++;
        }

        yield return (list.ToString(), images);
    }
}
