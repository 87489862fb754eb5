using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class ValueTextTests
{
    [Fact]
    public void TryReadAll_SeveralNumbers_ReadsEach()
    {
        Assert.True(ValueText.TryReadAll(Samples.Parameter("learningRate"), " 1e-3, 0.1;2  3e-4 ", out IReadOnlyList<object?> values, out _));
        Assert.Equal([1e-3, 0.1, 2.0, 3e-4], values);
    }

    [Fact]
    public void TryReadAll_WholeNumbers_AreExact()
    {
        Assert.True(ValueText.TryReadAll(Samples.Parameter("seed"), "9007199254740991", out IReadOnlyList<object?> values, out _));
        Assert.Equal([9007199254740991L], values);
    }

    [Fact]
    public void TryReadAll_AutoWhereOptional_IsNothing()
    {
        Assert.True(ValueText.TryReadAll(Samples.Parameter("imageSize"), "auto, 64", out IReadOnlyList<object?> values, out _));
        Assert.Equal([null, 64L], values);
    }

    [Fact]
    public void TryReadAll_PathWithSpaces_IsOneValue()
    {
        Assert.True(ValueText.TryReadAll(Samples.Parameter("pretrained"), "/my weights/a, b.safetensors", out IReadOnlyList<object?> values, out _));
        Assert.Equal(["/my weights/a, b.safetensors"], values);
    }

    [Theory]
    [InlineData("learningRate", "0.1 fast", "\"fast\"")]
    [InlineData("learningRate", "NaN", "\"NaN\"")]
    [InlineData("learningRate", "99", "99")]
    [InlineData("epochs", "1.5", "1.5")]
    [InlineData("momentum", "auto", "\"auto\"")]
    public void TryReadAll_BadValue_TakesNoneAndQuotesIt(string name, string text, string quoted)
    {
        Assert.False(ValueText.TryReadAll(Samples.Parameter(name), text, out IReadOnlyList<object?> values, out string problem));
        Assert.Empty(values);
        Assert.Contains(quoted, problem, StringComparison.Ordinal);
        Assert.Contains("allowed", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weightDecay", "0,1", "write 0.1, or 0 1 with a space between them")]
    [InlineData("momentum", "0,95", "write 0.95, or 0 95 with a space between them")]
    [InlineData("batchSize", "1,024", "write 1024, or 1 024 with a space between them")]
    [InlineData("learningRate", "\"1e-4\"", "remove the quotes: 1e-4")]
    [InlineData("batchSize", "1_024", "write 1024")]
    [InlineData("dropout", "10%", "write 0.1")]
    [InlineData("optimizer", "AdamW", "write adamw")]
    public void TryReadAll_NumbersAndNamesAsPeopleWriteThem_NamesWhatToWrite(string name, string text, string expected)
    {
        Assert.False(ValueText.TryReadAll(Samples.Parameter(name), text, out _, out string problem));
        Assert.Contains($"{expected};", $"{problem};", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("batchSize", "8,16", 2)]
    [InlineData("freezeEpochs", "0,2", 2)]
    [InlineData("weightDecay", "0, 1", 2)]
    [InlineData("learningRate", "0.1,0.2", 2)]
    [InlineData("earlyStoppingPatience", "none", 1)]
    public void TryReadAll_ListsAsPeopleWriteThem_AreTaken(string name, string text, int expected)
    {
        Assert.True(ValueText.TryReadAll(Samples.Parameter(name), text, out IReadOnlyList<object?> values, out _));
        Assert.Equal(expected, values.Count);
    }
}
