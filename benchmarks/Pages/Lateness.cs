using Microsoft.Playwright;

namespace Experiments.Benchmarks.Pages;

/// <summary>Measures the delay of a running run's points on its page, see <see cref="PacedWorker.TimeMetric"/>.</summary>
internal static class Lateness
{
    /// <returns>Milliseconds from sending a point to drawing it, ascending.</returns>
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
