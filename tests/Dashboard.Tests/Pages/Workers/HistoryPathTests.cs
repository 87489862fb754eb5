using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Workers;

namespace Experiments.Dashboard.Tests.Pages.Workers;

public sealed class HistoryPathTests
{
    [Fact]
    public void Line_AnHour_GoesFromLeftToRight()
    {
        WorkerSample[] samples = [.. Enumerable.Range(0, 361).Select(i => Sample(3600 - (10 * i), i == 360 ? 1 : 0))];

        string line = Line(samples);

        Assert.StartsWith($"M0 {HistoryPath.Height}", line, StringComparison.Ordinal);
        Assert.EndsWith($"L{HistoryPath.Width} 0", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_Gap_IsLeftOpen() => Assert.Equal(2, Line([Sample(300, 1), Sample(290, 1), Sample(100, 1), Sample(90, 1)]).Count(c => c == 'M'));

    [Fact]
    public void Line_OlderThanAnHour_IsLeftOut() => Assert.Equal("", Line([Sample(4000, 1)]));

    private static string Line(WorkerSample[] samples) => HistoryPath.Line(samples, 10, Samples.Time, sample => sample.Utilization);

    private static WorkerSample Sample(int secondsAgo, double utilization) => new(Samples.Time.AddSeconds(-secondsAgo), 1, 2, utilization, null, true);
}
