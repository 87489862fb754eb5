using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests.Sweeps;

public sealed class SpaceBlockTests
{
    private const string Random = "\"search\": { \"runs\": 5 }";

    [Fact]
    public void TryRead_Space_ReadsRangesChoicesAndTheSearch()
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With(
            """
            "space": {
              "learningRate": { "min": 1e-5, "max": 1e-1, "scale": "log" },
              "freezeEpochs": { "min": 0, "max": 6, "step": 2 },
              "model": ["resnet18", "mobilenet_v2"],
              "dropout": [null, 0.3]
            },
            "search": { "sampler": "quasirandom", "runs": 60, "seed": 7 }
            """));

        Assert.Equal(["learningRate", "freezeEpochs", "model", "dropout"], spec.Varied.Select(definition => definition.Name));
        var rate = Assert.IsType<RangeAxis>(spec.Space[0]);
        Assert.Equal((1e-5, 0.1, SpaceScale.Log, null), (rate.Minimum, rate.Maximum, rate.Scale, rate.Step));
        var epochs = Assert.IsType<RangeAxis>(spec.Space[1]);
        Assert.Equal((0.0, 6.0, SpaceScale.Linear, 2.0), (epochs.Minimum, epochs.Maximum, epochs.Scale, epochs.Step));
        Assert.Equal(["resnet18", "mobilenet_v2"], Assert.IsType<ChoiceAxis>(spec.Space[2]).Values);
        Assert.Equal([null, 0.3], Assert.IsType<ChoiceAxis>(spec.Space[3]).Values);
        Assert.Equal(new SearchSpec(SamplerKind.Quasirandom, 60, 7), spec.Search);
    }

    [Fact]
    public void TryRead_SearchWithoutSampler_DrawsAtRandom() =>
        Assert.Equal(new SearchSpec(SamplerKind.Random, 5, 0), SpecBuilder.Read(SpecBuilder.With($"\"space\": {{ \"dropout\": [0.1, 0.2] }}, {Random}")).Search);

    [Theory]
    [InlineData("\"search\": { \"sampler\": \"grid\" }")]
    [InlineData("\"search\": { }")]
    [InlineData("\"space\": { }")]
    [InlineData("\"space\": { }, \"search\": { \"sampler\": \"grid\" }")]
    public void TryRead_GridSearch_IsTheSameAsNone(string members)
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.With(members));

        Assert.Empty(spec.Space);
        Assert.Null(spec.Search);
    }

    [Theory]
    [InlineData("{ \"min\": 0.01, \"max\": 0.001 }", "learningRate.max", "not above min 0.01: 0.001; write min: 0.001, max: 0.01")]
    [InlineData("{ \"min\": 0.01, \"max\": 0.01 }", "learningRate.max", "write a single value under base: 0.01")]
    [InlineData("{ \"min\": 0, \"max\": 0.01 }", "learningRate.min", "out of range: 0; allowed: a number above 0, at most 10")]
    [InlineData("{ \"min\": 0.1, \"max\": 11 }", "learningRate.max", "out of range: 11; allowed: a number above 0, at most 10")]
    [InlineData("{ \"min\": \"1e-5\", \"max\": 0.1 }", "learningRate.min", "\"1e-5\"; remove the quotes")]
    [InlineData("{ \"max\": 0.1 }", "learningRate.min", "missing; allowed: a number above 0")]
    [InlineData("{ \"min\": 0.1, \"max\": 1, \"scale\": \"logarithmic\" }", "learningRate.scale", "unknown value: \"logarithmic\"")]
    [InlineData("{ \"min\": 0.1, \"max\": 1, \"scale\": \"log\", \"step\": 0.1 }", "learningRate.step", "a step on a log scale: 0.1; remove step, or write scale: linear")]
    [InlineData("{ \"min\": 0.1, \"max\": 1, \"step\": 0 }", "learningRate.step", "not a step: 0; allowed: a number above 0")]
    [InlineData("{ \"min\": 0.1, \"max\": 1, \"step\": 2 }", "learningRate.step", "larger than the range: 2; allowed: a number above 0, at most 0.9")]
    [InlineData("{ \"min\": 0.1, \"maximum\": 1 }", "learningRate.maximum", "unknown key: \"maximum\"")]
    [InlineData("0.1", "learningRate", "neither a range nor a list: 0.1; write it under base, or as a list: [0.1]")]
    [InlineData("[]", "learningRate", "empty list: []")]
    [InlineData("[0.1, 0.2, 1e-1]", "learningRate[2]", "stands twice: 1e-1")]
    [InlineData("[0.1, -1]", "learningRate[1]", "out of range: -1")]
    public void TryRead_BadRange_QuotesItAndSaysWhatToWrite(string range, string path, string expected) =>
        AssertError($"\"space\": {{ \"learningRate\": {range} }}, {Random}", $"space.{path}", expected);

    [Theory]
    [InlineData("\"space\": { \"freezeEpochs\": { \"min\": 0.5, \"max\": 4 } }", "space.freezeEpochs.min", "not a whole number: 0.5")]
    [InlineData("\"space\": { \"freezeEpochs\": { \"min\": 0, \"max\": 4, \"scale\": \"log\" } }", "space.freezeEpochs.min", "not above 0: 0; write a min such as 1e-6, or scale: linear")]
    [InlineData("\"space\": { \"freezeEpochs\": { \"min\": 0, \"max\": 4, \"step\": 1.5 } }", "space.freezeEpochs.step", "not a step: 1.5; allowed: a whole number from 1")]
    [InlineData("\"space\": { \"dropout\": { \"min\": null, \"max\": 0.4 } }", "space.dropout.min", "not a number: null; write a list to choose null too")]
    [InlineData("\"space\": { \"dropout\": { \"min\": 0, \"max\": 1 } }", "space.dropout.max", "out of range: 1; allowed: a number from 0, below 1")]
    [InlineData("\"space\": { \"model\": { \"min\": 1, \"max\": 2 } }", "space.model", "a range needs numbers: { \"min\": 1, \"max\": 2 }; allowed: a list to choose from")]
    [InlineData("\"space\": { \"lr\": [0.1] }", "space.lr", "unknown key: \"lr\"; write learningRate")]
    [InlineData("\"space\": { \"stopping\": 1 }", "space.stopping", "stopping belongs next to base and grid")]
    [InlineData("\"space\": { \"search\": 1 }", "space.search", "search belongs next to base and grid")]
    [InlineData("\"space\": [ 1 ]", "space", "not a mapping: [ 1 ]")]
    [InlineData("\"space\": { \"seed\": [1, 2] }, \"base\": { \"seed\": 1 }", "space.seed", "also under base: \"seed\"; remove it from base to draw it")]
    [InlineData("\"space\": { \"seed\": [1, 2] }, \"grid\": [ { }, { \"seed\": [1] } ]", "space.seed", "also under grid: \"seed\"; remove it from grid to draw it")]
    public void TryRead_BadSpace_QuotesItAndSaysWhatToWrite(string members, string path, string expected) => AssertError($"{members}, {Random}", path, expected);

    [Theory]
    [InlineData("\"space\": { \"seed\": [1, 2] }", "search", "missing: how many configurations to draw")]
    [InlineData("\"space\": { \"seed\": [1, 2] }, \"search\": { \"sampler\": \"random\" }", "search.runs", "missing; allowed: a whole number from 1 to 10000")]
    [InlineData("\"space\": { \"seed\": [1, 2] }, \"search\": { \"runs\": 10001 }", "search.runs", "out of range: 10001")]
    [InlineData("\"space\": { \"seed\": [1, 2] }, \"search\": { \"runs\": 2, \"seed\": -1 }", "search.seed", "out of range: -1")]
    [InlineData("\"space\": { \"seed\": [1, 2] }, \"search\": { \"runs\": 2, \"sampler\": \"rand\" }", "search.sampler", "unknown value: \"rand\"; did you mean \"random\"?")]
    [InlineData("\"space\": { \"seed\": [1, 2] }, \"search\": { \"runs\": 2, \"sampler\": \"grid\" }", "search.sampler", "\"grid\" tries listed values, and draws none from space; write lists of values under grid")]
    [InlineData("\"search\": { \"runs\": 2, \"sampler\": \"random\" }", "search.sampler", "no space to draw from: \"random\"; add space:")]
    [InlineData("\"space\": { \"seed\": [1, 2] }, \"search\": { \"runs\": 2, \"sampler\": \"random\", \"parallel\": 4 }", "search.parallel", "random draws all runs at the launch: 4; write maxConcurrency: 4")]
    [InlineData("\"space\": { \"seed\": [1, 2] }, \"search\": { \"runs\": 2, \"sampler\": \"tpe\", \"parallel\": 0 }", "search.parallel", "out of range: 0")]
    [InlineData("\"search\": { \"runs\": 2 }", "search.runs", "without a space nothing is drawn: 2; remove runs, or add a space")]
    [InlineData("\"search\": \"random\"", "search", "not a mapping: \"random\"")]
    public void TryRead_BadSearch_QuotesItAndSaysWhatToWrite(string members, string path, string expected) => AssertError(members, path, expected);

    [Theory]
    [InlineData("""{ "grid": { "seed": [1] } }""", true)]
    [InlineData("""{ "runs": 5 }""", true)]
    [InlineData("""{ "runs": 5, "grid": [ { "seed": [1] } ] }""", true)]
    [InlineData("""{ }""", false)]
    [InlineData("""{ "runs": 0 }""", false)]
    [InlineData("""{ "runs": null }""", false)]
    [InlineData("""{ "runs": 3, "space": {} }""", false)]
    [InlineData("""[ 1 ]""", false)]
    public void TryReadExtension_TakesAGridOrRuns(string json, bool expected) =>
        Assert.Equal(expected, SweepSpecReader.TryReadExtension(SpecBuilder.Json(json), out _, out _));

    private static void AssertError(string members, string path, string expected) =>
        Assert.Contains(expected, Assert.Single(Assert.Contains(path, SpecBuilder.Errors(SpecBuilder.With(members)))), StringComparison.Ordinal);
}
