using CsCheck;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Metrics;

namespace Experiments.Orchestrator.Tests.Metrics;

public sealed class StreamedThinningTests
{
    private static readonly Gen<SeriesPoint[]> Curves =
        Gen.Double[-3, 3].Select(value => Math.Round(value, 1)).Array[5, 300].Select(values => values.Select((value, i) => new SeriesPoint(3 * i, value, default)).ToArray());

    [Fact]
    public void Result_AnyCurve_IsWhatThinningTheWholeGives() =>
        Gen.Select(Curves, Gen.Int[4, 100]).Where(pair => pair.Item1.Length > pair.Item2).Sample((points, most) =>
        {
            var thinning = new StreamedThinning(points.Length, most);
            foreach (SeriesPoint point in points)
            {
                if (thinning.Wants(point.Value))
                {
                    thinning.Take(point);
                }
                else
                {
                    thinning.Skip();
                }
            }

            Assert.Equal(Thinning.Reduce(points, most), thinning.Result());
        });
}
