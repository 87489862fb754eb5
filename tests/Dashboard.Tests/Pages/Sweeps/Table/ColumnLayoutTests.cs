using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Pages.Sweeps.Table;

public sealed class ColumnLayoutTests
{
    private static readonly ColumnLayout Layout = ColumnLayout.Parse("model,seed|status,curve,epoch")!;

    [Theory]
    [InlineData("model|status,curve", "model|status,curve")]
    [InlineData("status,curve", "|status,curve")]
    [InlineData("a|a,b,b", "a|b")]
    [InlineData("|", "|")]
    public void Parse_Text_IsWrittenTheSame(string text, string expected) => Assert.Equal(expected, ColumnLayout.Parse(text)!.ToText());

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Parse_Nothing_IsNoLayout(string? text) => Assert.Null(ColumnLayout.Parse(text));

    [Theory]
    [InlineData("seed", "model|status,curve,epoch")]
    [InlineData("curve", "model,seed|status,epoch")]
    [InlineData("notes", "model,seed|status,curve,epoch,notes")]
    public void Toggle_Column_ShowsItAtTheEndOrHidesIt(string key, string expected) => Assert.Equal(expected, Layout.Toggle(key).ToText());

    [Theory]
    [InlineData("curve", "model,seed,curve|status,epoch")]
    [InlineData("model", "seed|model,status,curve,epoch")]
    public void TogglePin_Column_ChangesSides(string key, string expected) => Assert.Equal(expected, Layout.TogglePin(key).ToText());

    [Theory]
    [InlineData("epoch", -1, "model,seed|status,epoch,curve")]
    [InlineData("status", -1, "model,seed|status,curve,epoch")]
    [InlineData("model", 1, "seed,model|status,curve,epoch")]
    [InlineData("seed", 1, "model,seed|status,curve,epoch")]
    public void Move_Column_StaysOnItsSide(string key, int by, string expected) => Assert.Equal(expected, Layout.Move(key, by).ToText());

    [Theory]
    [InlineData("epoch", "status", "model,seed|epoch,status,curve")]
    [InlineData("status", "epoch", "model,seed|curve,epoch,status")]
    [InlineData("epoch", "seed", "model,epoch,seed|status,curve")]
    [InlineData("model", "curve", "seed|status,model,curve,epoch")]
    [InlineData("model", "model", "model,seed|status,curve,epoch")]
    [InlineData("notes", "model", "model,seed|status,curve,epoch")]
    public void MoveTo_Column_TakesThePlaceWhereItWasDropped(string key, string target, string expected) => Assert.Equal(expected, Layout.MoveTo(key, target).ToText());

    [Fact]
    public void Geometry_PinnedColumns_StandOneAfterTheOther()
    {
        var geometry = new TableGeometry(Layout);
        int start = TableGeometry.CheckWidth + TableGeometry.RunWidth;

        Assert.Equal($"left:{start}px", geometry.StyleOf(geometry.Pinned[0]));
        Assert.Equal($"left:{start + geometry.Pinned[0].Width}px", geometry.StyleOf(geometry.Pinned[1]));
        Assert.Equal(("pin", "pin pin-last", ""), (geometry.ClassOf(geometry.Pinned[0]), geometry.ClassOf(geometry.Pinned[1]), geometry.ClassOf(geometry.Others[0])));
        Assert.Equal(start + geometry.Columns.Sum(column => column.Width), geometry.Width);
    }

    [Fact]
    public void All_Columns_HoldEveryHyperparameterAndMetricOnce()
    {
        string[] keys = [.. TableColumns.All(SweepFacts.Of(Samples.Sweep()), ["custom/metric", "learningRate", "batch/loss"]).SelectMany(group => group.Columns).Select(column => column.Key)];

        Assert.Equal(keys.Distinct(), keys);
        Assert.Superset(Experiments.Contracts.Configuration.HyperparameterCatalog.Names.ToHashSet(), keys.ToHashSet());
        Assert.Contains("custom/metric", keys);
        Assert.DoesNotContain("batch/loss", keys);
    }
}
