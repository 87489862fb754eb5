using System.Text.Json;

namespace Experiments.Standalone.Tests;

public sealed class SweepPathsTests
{
    [Theory]
    [InlineData("flowers", "/sweeps/flowers")]
    [InlineData("./flowers/../pets", "/sweeps/pets")]
    [InlineData("../data/flowers", "/data/flowers")]
    [InlineData("/data/flowers", "/data/flowers")]
    public void Resolve_DatasetPath_IsRelativeToTheFile(string path, string expected)
    {
        JsonElement spec = Json($$"""{ "name": "x", "dataset": { "name": "imagefolder", "path": "{{path}}", "limit": 5 }, "base": { "learningRate": 1e-4 } }""");

        JsonElement resolved = SweepPaths.Resolve(spec, "/sweeps/mine.yaml");

        Assert.Equal(expected, resolved.GetProperty("dataset").GetProperty("path").GetString());
        Assert.Equal(5, resolved.GetProperty("dataset").GetProperty("limit").GetInt32());
        Assert.Equal("1e-4", resolved.GetProperty("base").GetProperty("learningRate").GetRawText());
    }

    /// <summary>In every block of hyperparameters: an exclusion has to name the same file as the grid.</summary>
    [Fact]
    public void Resolve_WeightsPaths_AreRelativeToTheFile()
    {
        JsonElement spec = Json("""
            {
              "dataset": "digits",
              "base": { "pretrained": "../weights/mine.pth", "learningRate": 1e-4 },
              "grid": [{ "pretrained": ["none", "imagenet", "run:abc", "own.safetensors", "/full/own.pth", 3], "model": ["resnet18"] }, { "pretrained": "b.ckpt" }],
              "exclude": [{ "pretrained": "own.safetensors" }, { "pretrained": ["none", "b.ckpt"] }]
            }
            """);

        JsonElement resolved = SweepPaths.Resolve(spec, "/sweeps/mine.yaml");

        string expected = """
            {"dataset":"digits","base":{"pretrained":"/weights/mine.pth","learningRate":1e-4},
            "grid":[{"pretrained":["none","imagenet","run:abc","/sweeps/own.safetensors","/full/own.pth",3],"model":["resnet18"]},{"pretrained":"/sweeps/b.ckpt"}],
            "exclude":[{"pretrained":"/sweeps/own.safetensors"},{"pretrained":["none","/sweeps/b.ckpt"]}]}
            """;
        Assert.Equal(expected.ReplaceLineEndings(""), resolved.GetRawText());
    }

    [Theory]
    [InlineData("""{ "dataset": "digits" }""")]
    [InlineData("""{ "base": { "pretrained": "imagenet" }, "grid": { "pretrained": ["run:a.pth", 3, null] }, "exclude": 3 }""")]
    [InlineData("""{ "base": { "pretrained": "https://example.org/x.pth" }, "grid": { "pretrained": ["~/x.pth", "~me/x.pth", "C:\\w\\x.pth", "\\\\host\\x.pth"] } }""")]
    [InlineData("""{ "base": "own.pth", "grid": { "pretrained": { "a": "own.pth" } } }""")]
    [InlineData("""{ "dataset": { "name": "imagefolder", "path": 3 } }""")]
    [InlineData("""{ "dataset": { "name": "imagefolder", "path": "" } }""")]
    [InlineData("""{ "dataset": { "name": "imagefolder", "path": "a\u0000b" } }""")]
    [InlineData("[]")]
    public void Resolve_NoPathOrABadOne_IsLeftToTheCheck(string spec) =>
        Assert.Equal(spec, SweepPaths.Resolve(Json(spec), "/sweeps/mine.yaml").GetRawText());

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
