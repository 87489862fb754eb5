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
}
