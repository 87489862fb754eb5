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

    [Theory]
    [InlineData("""{ "dataset": "digits" }""")]
    [InlineData("""{ "dataset": { "name": "imagefolder", "path": 3 } }""")]
    [InlineData("""{ "dataset": { "name": "imagefolder", "path": "" } }""")]
    [InlineData("""{ "dataset": { "name": "imagefolder", "path": "a\u0000b" } }""")]
    [InlineData("[]")]
    public void Resolve_NoPathOrABadOne_IsLeftToTheCheck(string spec) =>
        Assert.Equal(spec, SweepPaths.Resolve(Json(spec), "/sweeps/mine.yaml").GetRawText());

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
