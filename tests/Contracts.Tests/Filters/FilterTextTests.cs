using System.Text.Json;
using Experiments.Contracts.Filters;

namespace Experiments.Contracts.Tests.Filters;

public sealed class FilterTextTests
{
    [Theory]
    [InlineData("model", "\"resnet18\"", "model = resnet18")]
    [InlineData("learningRate", "0.0001", "learningRate = 0.0001")]
    [InlineData("gradientClipping", "null", "gradientClipping = auto")]
    [InlineData("freezeBatchNorm", "true", "freezeBatchNorm = true")]
    [InlineData("pretrained", "\"/data/my weights.pth\"", "pretrained = '/data/my weights.pth'")]
    [InlineData("tag", "\"auto\"", "tag = 'auto'")]
    [InlineData("tag", "\"12\"", "tag = '12'")]
    [InlineData("tag", "\"nan\"", "tag = 'nan'")]
    [InlineData("augmentation", "[{\"rotation\":{\"degrees\":5}}]", "augmentation = '[{\"rotation\":{\"degrees\":5}}]'")]
    [InlineData("tag", "\"it's\"", "tag = \"it's\"")]
    [InlineData("tag", "\"'\\\"\"", null)]
    public void Equal_Value_IsWrittenAsTheFilterReadsIt(string name, string json, string? expected)
    {
        using JsonDocument document = JsonDocument.Parse(json);

        Assert.Equal(expected, FilterText.Equal(name, document.RootElement));
    }

    [Theory]
    [InlineData("a = 1", "b = 2 or c = 3", "a = 1 and (b = 2 or c = 3)")]
    [InlineData("a = 1", null, "a = 1")]
    [InlineData(null, " ", null)]
    public void All_Conditions_BindAsTheyDidAlone(string? first, string? second, string? expected) =>
        Assert.Equal(expected, FilterText.All(first, second));

    [Theory]
    [InlineData(null, "a = 1", "a = 1")]
    [InlineData("b = 2", "a = 1", "b = 2 and a = 1")]
    [InlineData("b = 2 and a = 1", "a = 1", "b = 2 and a = 1")]
    [InlineData("a = 1", "a = 1", "a = 1")]
    [InlineData("b = 2 or a = 1", "a = 1", "(b = 2 or a = 1) and a = 1")]
    [InlineData("c = 3 or b = 2 and a = 1", "a = 1", "(c = 3 or b = 2 and a = 1) and a = 1")]
    [InlineData("good run", "a = 1", "good run and a = 1")]
    [InlineData("a = 1", null, "a = 1")]
    public void With_Condition_AddsItOnce(string? filter, string? condition, string expected) =>
        Assert.Equal(expected, FilterText.With(filter, condition));
}
