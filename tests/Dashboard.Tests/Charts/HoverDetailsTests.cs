using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class HoverDetailsTests
{
    [Fact]
    public void Of_SomeKeys_HasALineForEach() =>
        Assert.Equal("Batch size: <b>64</b><br>Seed: <b>42</b>", HoverDetails.Of(With(("batchSize", 64), ("seed", 42)), ["batchSize", "seed"]));

    [Fact]
    public void Of_NoKeys_IsEmpty() => Assert.Equal("", HoverDetails.Of(Samples.Run(1), []));

    [Theory]
    [InlineData(8, 8)]
    [InlineData(9, 8)]
    [InlineData(20, 8)]
    public void Of_ManyKeys_StaysSmallAndSaysHowManyMore(int keys, int lines)
    {
        string[] told = HoverDetails.Of(Samples.Run(1), [.. HyperparameterCatalog.Names.Take(keys)]).Split("<br>");

        Assert.Equal(lines, told.Length);
        Assert.Equal(keys > 8, told[^1] == $"and {keys - 7} more");
    }

    [Fact]
    public void Of_LongOrStrangeValue_IsCutAndCannotBeMarkup()
    {
        string details = HoverDetails.Of(With(("pretrained", "<i>%{y}&" + new string('x', 100))), ["pretrained"]);

        Assert.Contains("&lt;i&gt;&#37;{y}&amp;x", details, StringComparison.Ordinal);
        Assert.EndsWith("…</b>", details, StringComparison.Ordinal);
        Assert.InRange(details.Length, 50, 100);
    }

    private static RunView With(params (string Key, object Value)[] values)
    {
        RunView run = Samples.Run(1);
        var config = run.Config.ToDictionary();
        foreach ((string key, object value) in values)
        {
            config[key] = JsonSerializer.SerializeToElement(value);
        }

        return run with { Config = config };
    }
}
