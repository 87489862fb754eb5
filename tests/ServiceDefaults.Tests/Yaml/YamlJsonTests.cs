using System.Text.Json;
using Experiments.ServiceDefaults.Yaml;

namespace Experiments.ServiceDefaults.Tests.Yaml;

public sealed class YamlJsonTests
{
    [Theory]
    [InlineData("1e-3", "0.001")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("007", "7")]
    [InlineData("+.5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("-1.50e+3", "-1500")]
    [InlineData(".nan", "\".nan\"")]
    [InlineData("-.inf", "\"-.inf\"")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("no", "\"no\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    [InlineData("\"1e-3\"", "\"1e-3\"")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("run:abc", "\"run:abc\"")]
    [InlineData(".", "\".\"")]
    [InlineData("-", "[null]")]
    [InlineData("e5", "\"e5\"")]
    public void ToJson_Scalar_FollowsTheCoreSchema(string yaml, string json) =>
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(json).RootElement, YamlJson.ToJson(yaml).RootElement), YamlJson.ToJson(yaml).RootElement.GetRawText());

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3", 3, 1, "'a' occurs twice")]
    [InlineData("a: &x 1\nb: *x", 1, 4, "anchors")]
    [InlineData("a: 1\nb: *x", 2, 4, "anchors")]
    [InlineData("a: {b: 1}\nc:\n  <<: {d: 1}", 3, 3, "merge keys")]
    [InlineData("a: !!str 1", 1, 4, "tags")]
    [InlineData("a: 1\n---\nb: 2", 2, 1, "second document")]
    [InlineData("? [a, b]\n: 1", 1, 3, "a key")]
    [InlineData("a: \"\\uD800\"", 1, 4, "scalar")]
    public void ToJson_WhatJsonDoesNotHave_IsRefusedAtItsPlace(string yaml, int line, int column, string problem)
    {
        var exception = Assert.Throws<YamlSyntaxException>(() => YamlJson.ToJson(yaml));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (exception.Line, exception.Column));
    }

    [Theory]
    [InlineData("a: [1, 2")]
    [InlineData("a: b: c")]
    [InlineData("a:\n\t- b")]
    [InlineData("\"unended")]
    [InlineData("%YAML 3.0\n---\na: 1")]
    [InlineData("a: @b")]
    [InlineData("\0\u0001\u0002")]
    [InlineData("}")]
    [InlineData("a: [x\nb, 1]")]
    [InlineData("a: [1e|\n-3]")]
    [InlineData("a: \"\\uDC00\\uD800\"")]
    public void ToJson_NotYaml_SaysWhere(string yaml)
    {
        var exception = Assert.Throws<YamlSyntaxException>(() => YamlJson.ToJson(yaml));

        Assert.InRange(exception.Line, 1, 3);
        Assert.NotEmpty(exception.Problem);
        TestContext.Current.TestOutputHelper?.WriteLine(exception.Message);
    }

    [Theory]
    [InlineData("base:\n  pretrained: run: 01ab\n")]
    [InlineData("base: { epochs: 1, pretrained: run: 01ab }\n")]
    [InlineData("base: {pretrained: run: 01ab, epochs: 1}\n")]
    [InlineData("grid: [{ pretrained: run: 01ab }]\n")]
    public void ToJson_TwoColonsInALine_SaysWhatToWrite(string yaml) =>
        Assert.Contains(
            "a value with \": \" in it needs quotes, or no space, such as run:01ab",
            Assert.Throws<YamlSyntaxException>(() => YamlJson.ToJson(yaml)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("base: { epochs: 1, model: lenet5\n")]
    [InlineData("base: { epochs: 1 }, model: a }\n")]
    public void ToJson_BracesThatDoNotMatch_NameNoColons(string yaml) => Assert.DoesNotContain(
        "no space", Assert.Throws<YamlSyntaxException>(() => YamlJson.ToJson(yaml)).Message, StringComparison.Ordinal);
}
