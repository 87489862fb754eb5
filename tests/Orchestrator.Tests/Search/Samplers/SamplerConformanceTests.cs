using CsCheck;
using Experiments.Orchestrator.Search.Samplers;
using Experiments.Orchestrator.Search.Spaces;
using Experiments.Orchestrator.Tests.Search.Spaces;

namespace Experiments.Orchestrator.Tests.Search.Samplers;

/// <summary>What every sampler keeps.</summary>
public sealed class SamplerConformanceTests
{
    private const int Bins = 8;

    private static readonly SearchSpace Space = SampleSpaces.Conditional;

    private static readonly Dictionary<string, ISampler> Samplers = new()
    {
        ["random"] = RandomSampler.Instance,
        ["quasirandom"] = QuasirandomSampler.Instance,
        ["tpe"] = TpeSampler.Instance,
    };

    public static TheoryData<string> Names => [.. Samplers.Keys];

    /// <summary>Values of some trials, among them failed ones and some under way.</summary>
    private static Gen<double?[]> Values => Gen.OneOf(
        Gen.Double[-1, 1].Select(value => (double?)value),
        Gen.Int[0, 3].Select(kind => new double?[] { null, double.NegativeInfinity, double.NaN, 0.5 }[kind])).Array[0, 40];

    [Theory]
    [MemberData(nameof(Names))]
    public void Propose_AnyHistory_IsAPointOfTheSpace(string name) =>
        Gen.Select(Gen.ULong, Values).Sample(
            (seed, values) =>
            {
                List<Trial> history = Searched(Samplers[name], seed, values);

                Assert.All(history, trial => Assert.True(Space.Contains(trial.Point), trial.Point.ToString()));
            },
            iter: 20);

    [Theory]
    [MemberData(nameof(Names))]
    public void Propose_EqualArguments_GiveEqualPoints(string name) =>
        Gen.Select(Gen.ULong, Values).Sample(
            (seed, values) => Assert.Equal(Searched(Samplers[name], seed, values), Searched(Samplers[name], seed, values)),
            iter: 20);

    [Theory]
    [MemberData(nameof(Names))]
    public void Propose_OtherSeedOrIndex_GivesAnotherPoint(string name)
    {
        ISampler sampler = Samplers[name];
        Point[] points = [.. from seed in Enumerable.Range(0, 20) from index in Enumerable.Range(0, 20) select sampler.Propose(Space, (ulong)seed, index, [])];

        Assert.Equal(points.Length, points.Distinct().Count());
    }

    /// <summary>Chi-square over eighths of each dimension, or over its levels; one index over many seeds, because a sequence is not independent.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Propose_ManySeeds_HaveUniformMargins(string name)
    {
        const int Draws = 4000;
        Point[] points = [.. Enumerable.Range(0, Draws).Select(seed => Samplers[name].Propose(Space, (ulong)seed, seed % 7, []))];

        foreach ((int index, Dimension dimension) in Space.Dimensions.Index())
        {
            double[] active = [.. points.Select(point => point[index]).Where(value => !double.IsNaN(value))];
            (double Observed, double Share)[] bins = [.. Counts(dimension, active)];
            double statistic = bins.Sum(bin => Math.Pow(bin.Observed - (bin.Share * active.Length), 2) / (bin.Share * active.Length));

            Assert.Equal(dimension.Condition is null ? 1 : 0.4, active.Length / (double)Draws, 0.03);
            Assert.True(statistic <= ChiSquareLimit(bins.Length - 1), $"{dimension.Name}: {statistic} with {bins.Length} bins");
        }
    }

    private static IEnumerable<(double Observed, double Share)> Counts(Dimension dimension, double[] values) =>
        dimension.Levels is null
            ? Enumerable.Range(0, Bins).Select(bin => ((double)values.Count(value => (int)Math.Min(dimension.ToUnit(value).Center * Bins, Bins - 1) == bin), 1.0 / Bins))
            : Levels(dimension).Select(level => ((double)values.Count(value => value == level), dimension.ToUnit(level).Width));

    private static IEnumerable<double> Levels(Dimension dimension) => Enumerable.Range(0, 10_000).Select(i => dimension.FromUnit((i + 0.5) / 10_000)).Distinct();

    /// <summary>The 0.9999 quantile by the approximation of Wilson and Hilferty (1931).</summary>
    private static double ChiSquareLimit(int freedom)
    {
        double part = 2.0 / (9 * Math.Max(freedom, 1));
        return freedom == 0 ? 1e-9 : freedom * Math.Pow(1 - part + (3.719 * Math.Sqrt(part)), 3);
    }

    private static List<Trial> Searched(ISampler sampler, ulong seed, double?[] values)
    {
        List<Trial> history = [];
        foreach (double? value in values)
        {
            history.Add(new Trial(sampler.Propose(Space, seed, history.Count, history), value));
        }

        return history;
    }
}
