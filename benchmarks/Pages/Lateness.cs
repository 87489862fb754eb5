using Microsoft.Playwright;

namespace Experiments.Benchmarks.Pages;

/// <summary>How late the points of a run that trains are on its page, see <see cref="PacedWorker.TimeMetric"/>.</summary>
internal static class Lateness
{
    /// <returns>Milliseconds from a point's telling to the picture with it, in order.</returns>
    public static async Task<IReadOnlyList<double>> WatchAsync(IPage page, TimeSpan length)
    {
        double[] late = await page.EvaluateAsync<double[]>(
            """
            async ([metric, length]) => {
              const newest = () => {
                for (const plot of document.querySelectorAll('.js-plotly-plot')) {
                  const line = plot.data?.find(trace => trace.name === metric);
                  if (line?.y?.length) return line.y[line.y.length - 1];
                }
                return 0;
              };
              const late = [];
              let seen = newest();
              const end = Date.now() + length;
              while (Date.now() < end) {
                await new Promise(requestAnimationFrame);
                const value = newest();
                if (value !== seen) { late.push(Date.now() - value); seen = value; }
              }
              return late;
            }
            """,
            new object[] { PacedWorker.TimeMetric, length.TotalMilliseconds });
        return [.. late.Order()];
    }
}
