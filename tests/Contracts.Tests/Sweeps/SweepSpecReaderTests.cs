using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests.Sweeps;

public sealed class SweepSpecReaderTests
{
    [Fact]
    public void TryRead_Quickstart_ReadsEveryPart()
    {
        SweepSpec spec = SpecBuilder.Read(SpecBuilder.Quickstart);

        Assert.Equal("digits-quickstart", spec.Name);
        Assert.Equal("digits", spec.Dataset.Name);
        Assert.Equal(new ObjectiveSpec("validation/accuracy", Goal.Maximize), spec.Objective);
        Assert.Equal(["epochs", "batchSize", "optimizer", "weightDecay", "seed"], spec.Base.Select(a => a.Hyperparameter.Name));
        Assert.Equal(["model", "learningRate", "freezeEpochs", "augmentation"], spec.Varied.Select(definition => definition.Name));
        Assert.Single(spec.Exclude);
        Assert.Equal(["demo"], spec.Tags);
        Assert.True(spec.Reuse);
    }

    [Fact]
    public void TryRead_ManyProblems_ReportsAll()
    {
        IReadOnlyDictionary<string, string[]> errors = SpecBuilder.Errors("""
            {
              "nam": "x", "dataset": "digit", "priority": 10,
              "base": { "learning_rate": 0.1, "epochs": "five" },
              "grid": { "learningRate": [0.1, -1, "fast"], "model": [] },
              "exclude": [ {} ]
            }
            """);

        Assert.Equal(
            ["base.epochs", "base.learning_rate", "dataset", "exclude[0]", "grid.learningRate[1]", "grid.learningRate[2]", "grid.model", "nam", "name", "priority"],
            errors.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("\"base\": { \"learning_rate\": 0.1 }", "base.learning_rate", "\"learning_rate\"", "write learningRate")]
    [InlineData("\"base\": { \"model\": \"resnet81\" }", "base.model", "\"resnet81\"", "did you mean \"resnet18\"")]
    [InlineData("\"base\": { \"optimizer\": \"adm\" }", "base.optimizer", "\"adm\"", "sgd, adam, adamw, rmsprop")]
    [InlineData("\"base\": { \"learningRate\": 0 }", "base.learningRate", "0", "a number above 0, at most 10")]
    [InlineData("\"base\": { \"learningRate\": \".nan\" }", "base.learningRate", "\".nan\"", "not a finite number")]
    [InlineData("\"base\": { \"learningRate\": 1e999 }", "base.learningRate", "1e999", "not a finite number")]
    [InlineData("\"base\": { \"epochs\": 2.5 }", "base.epochs", "2.5", "a whole number from 1 to 10000")]
    [InlineData("\"base\": { \"epochs\": true }", "base.epochs", "true", "not a whole number")]
    [InlineData("\"base\": { \"imageSize\": 4 }", "base.imageSize", "4", "or null")]
    [InlineData("\"base\": { \"pretrained\": \"weights.pkl\" }", "base.pretrained", "weights.pkl", ".safetensors")]
    [InlineData("\"base\": [1]", "base", "[1]", "not a mapping")]
    [InlineData("\"grid\": { \"epochs\": 5 }", "grid.epochs", "5", "not a list")]
    [InlineData("\"grid\": { \"epochs\": [] }", "grid.epochs", "[]", "at least one value")]
    [InlineData("\"exclude\": { \"epochs\": 5 }", "exclude", "epochs", "not a list")]
    [InlineData("\"objective\": { \"metric\": \"validation/acuracy\" }", "objective.metric", "acuracy", "did you mean \"validation/accuracy\"")]
    [InlineData("\"objective\": { \"goal\": \"up\" }", "objective.goal", "\"up\"", "maximize, minimize")]
    [InlineData("\"maxConcurrency\": 0", "maxConcurrency", "0", "a whole number from 1 to 10000")]
    [InlineData("\"maxAttempts\": 0", "maxAttempts", "0", "a whole number from 1 to 100")]
    [InlineData("\"reuse\": \"yes\"", "reuse", "\"yes\"", "true or false")]
    [InlineData("\"share\": 1", "share", "1", "true or false")]
    [InlineData("\"tags\": \"demo\"", "tags", "\"demo\"", "not a list")]
    [InlineData("\"tags\": [\"a\", 3]", "tags[1]", "3", "a text of 1 to 50 characters")]
    [InlineData("\"maxRun\": 3", "maxRun", "\"maxRun\"", "did you mean \"maxRuns\"")]
    public void TryRead_BadValue_QuotesItAndSaysWhatIsAllowed(string members, string path, string quoted, string allowed)
    {
        IReadOnlyDictionary<string, string[]> errors = SpecBuilder.Errors(SpecBuilder.With(members));

        string problem = Assert.Single(Assert.Contains(path, errors));
        Assert.Contains(quoted, problem, StringComparison.Ordinal);
        Assert.Contains(allowed, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"cifar10\"", null)]
    [InlineData("{ \"name\": \"cifar100\", \"path\": \"/x\" }", "/x")]
    [InlineData("\"mnist\"", null)]
    [InlineData("{ \"name\": \"fashion-mnist\" }", null)]
    public void TryRead_DatasetThatCanBeDownloaded_MayHaveAPath(string dataset, string? path) =>
        Assert.Equal(path, SpecBuilder.Read($$"""{ "name": "s", "dataset": {{dataset}} }""").Dataset.Path);

    [Theory]
    [InlineData("\"imagefolder\"", "dataset.path", "missing")]
    [InlineData("{ \"name\": \"digits\", \"path\": \"/x\" }", "dataset.path", "not used")]
    [InlineData("{ \"name\": \"imagefolder\", \"path\": \"/x\", \"validationFraction\": 1 }", "dataset.validationFraction", "1")]
    [InlineData("{ \"name\": \"imagefolder\", \"path\": \"/x\", \"limit\": -5 }", "dataset.limit", "-5")]
    [InlineData("{ \"path\": \"/x\" }", "dataset.name", "missing")]
    [InlineData("{ \"name\": \"imagefolder\", \"pth\": \"/x\" }", "dataset.pth", "did you mean \"path\"")]
    [InlineData("17", "dataset", "17")]
    [InlineData("null", "dataset", "null")]
    public void TryRead_BadDataset_SaysWhere(string dataset, string path, string expected)
    {
        IReadOnlyDictionary<string, string[]> errors = SpecBuilder.Errors($$"""{ "name": "s", "dataset": {{dataset}} }""");

        Assert.Contains(expected, string.Join(' ', Assert.Contains(path, errors)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"sweep\"")]
    [InlineData("3")]
    public void TryRead_NotAMapping_SaysSo(string json)
    {
        string problem = Assert.Single(Assert.Contains("$", SpecBuilder.Errors(json)));
        Assert.Contains("not a mapping: " + json, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_KeyGivenTwice_IsRefused() =>
        Assert.Contains("base.epochs", SpecBuilder.Errors(SpecBuilder.With("\"base\": { \"epochs\": 1, \"epochs\": 2 }")));

    [Fact]
    public void TryRead_ThousandsOfBadValues_ListsTheFirstAndCountsTheRest()
    {
        string values = string.Join(',', Enumerable.Repeat("-1", 5_000));

        IReadOnlyDictionary<string, string[]> errors = SpecBuilder.Errors(SpecBuilder.With($"\"grid\": {{ \"learningRate\": [{values}] }}"));

        Assert.Equal(101, errors.Count);
        Assert.Contains("4900 more", errors["$"][0], StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_ObjectiveWithoutGoal_TakesTheOneThatSuitsTheMetric() =>
        Assert.Equal(Goal.Minimize, SpecBuilder.Read(SpecBuilder.With("\"objective\": { \"metric\": \"validation/loss\" }")).Objective.Goal);

    [Theory]
    [InlineData("""{ "learningRate": [0.1] }""", true)]
    [InlineData("""{ }""", false)]
    [InlineData("""{ "learningRate": [] }""", false)]
    [InlineData("""[ ]""", false)]
    public void TryReadGrid_TakesOnlyAxesWithValues(string json, bool expected) =>
        Assert.Equal(expected, SweepSpecReader.TryReadGrid(SpecBuilder.Json(json), out _, out _));

    [Theory]
    [InlineData("{ \"grid\": [] }", "grid", "empty list: []; allowed: a grid such as")]
    [InlineData("{ \"grid\": [ { \"seed\": [1] }, { \"seed\": [1, -2] } ] }", "grid[1].seed[1]", "out of range: -2")]
    [InlineData("{ \"grid\": [ { \"seed\": [1] }, 5 ] }", "grid[1]", "not a mapping: 5")]
    public void TryRead_BadListOfGrids_SaysWhere(string json, string path, string expected)
    {
        using var document = JsonDocument.Parse(json.Replace("{ \"grid\"", "{ \"name\": \"s\", \"dataset\": \"digits\", \"grid\"", StringComparison.Ordinal));
        Assert.False(SweepSpecReader.TryRead(document.RootElement, out _, out IReadOnlyDictionary<string, string[]> errors));
        Assert.StartsWith(expected, Assert.Single(errors[path]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/data/flowers/")]
    [InlineData("/data//flowers")]
    [InlineData("/data/./pets/../flowers")]
    public void TryRead_FolderWrittenInAnotherWay_IsTheSame(string path)
    {
        using var json = JsonDocument.Parse($$"""{ "name": "s", "dataset": { "name": "imagefolder", "path": "{{path}}" } }""");
        Assert.True(SweepSpecReader.TryRead(json.RootElement, out SweepSpec? spec, out _));
        Assert.True(DatasetReader.TryRead("imagefolder", path, out DatasetSpec? dataset, out _));

        Assert.Equal(("/data/flowers", "/data/flowers"), (spec.Dataset.Path, dataset.Path));
    }
}
