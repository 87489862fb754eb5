using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests.Sweeps;

public sealed class StoppingBlockTests
{
    [Theory]
    [InlineData("{ \"rule\": \"asha\" }", StoppingKind.Asha, 1, 3)]
    [InlineData("{ \"rule\": \"asha\", \"minEpochs\": 10, \"factor\": 2 }", StoppingKind.Asha, 10, 2)]
    [InlineData("{ \"rule\": \"hyperband\", \"minEpochs\": 2 }", StoppingKind.Hyperband, 2, 3)]
    [InlineData("{ \"rule\": \"median\", \"minEpochs\": 5 }", StoppingKind.Median, 5, 3)]
    public void TryRead_Rule_ReadsItAndWritesItBack(string stopping, StoppingKind rule, int minEpochs, int factor)
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With($"\"stopping\": {stopping}"));

        Assert.Equal(new StoppingSpec(rule, minEpochs, factor), spec.Stopping);
        Assert.True(SweepSpecReader.TryRead(SweepSpecWriter.ToJson(spec), out SweepSpec? again, out _));
        Assert.Equal(spec.Stopping, again.Stopping);
    }

    [Fact]
    public void TryRead_None_IsTheSameAsNoBlock()
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With("\"stopping\": { \"rule\": \"none\" }"));

        Assert.Null(spec.Stopping);
        Assert.False(SweepSpecWriter.ToJson(spec).TryGetProperty("stopping", out _));
    }

    [Theory]
    [InlineData("{ \"rule\": \"ahsa\" }", "rule", "unknown value: \"ahsa\"; did you mean \"asha\"?")]
    [InlineData("{ \"minEpochs\": 3 }", "rule", "missing; allowed: none, median, asha, hyperband")]
    [InlineData("{ \"rule\": \"asha\", \"minEpochs\": 0 }", "minEpochs", "out of range: 0; allowed: a whole number from 1")]
    [InlineData("{ \"rule\": \"asha\", \"minEpochs\": 11 }", "minEpochs", "out of range: 11, and the longest run has 10 epochs; allowed: a whole number from 1 to 10")]
    [InlineData("{ \"rule\": \"asha\", \"factor\": 1 }", "factor", "out of range: 1; allowed: a whole number from 2 to 100")]
    [InlineData("{ \"rule\": \"median\", \"factor\": 3 }", "factor", "no effect with rule median: 3; remove factor; allowed: factor with rule asha or hyperband")]
    [InlineData("{ \"rule\": \"none\", \"minEpochs\": 3 }", "minEpochs", "no effect with rule none: 3")]
    [InlineData("{ \"rule\": \"asha\", \"grace\": 3 }", "grace", "unknown key: \"grace\"")]
    [InlineData("\"asha\"", "", "not a mapping: \"asha\"; write { rule: asha }")]
    public void TryRead_BadRule_QuotesItAndSaysWhatToWrite(string stopping, string key, string expected)
    {
        IReadOnlyDictionary<string, string[]> errors = SpecBuilder.Errors(SpecBuilder.With($"\"stopping\": {stopping}"));

        Assert.Contains(expected, Assert.Single(errors[key.Length == 0 ? "stopping" : $"stopping.{key}"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"base\": { \"epochs\": 4 }", 4)]
    [InlineData("\"base\": { \"epochs\": 4 }, \"grid\": { \"epochs\": [2, 30] }", 30)]
    [InlineData("\"base\": { \"epochs\": 4 }, \"grid\": [ { \"epochs\": [2, 3] }, { \"seed\": [1, 2] } ]", 4)]
    [InlineData("\"space\": { \"epochs\": { \"min\": 5, \"max\": 50 } }, \"search\": { \"runs\": 3 }", 50)]
    [InlineData("\"space\": { \"epochs\": [5, 20] }, \"search\": { \"runs\": 3 }", 20)]
    public void Budget_OfASweep_IsThatOfItsLongestRun(string members, int epochs) =>
        Assert.Equal(epochs, StoppingBudget.Of(SpecBuilder.Read(SpecBuilder.With(members))));
}
