using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class PanelListTests
{
    [Theory]
    [InlineData("validation/accuracy")]
    [InlineData("train/loss~xyo,validation/accuracy,batch/loss~o")]
    public void ToText_WhatWasRead_IsTheSame(string text) => Assert.Equal(text, PanelList.Parse(text)!.ToText());

    [Theory]
    [InlineData(null)]
    [InlineData(" , ")]
    [InlineData("~xy")]
    public void Parse_NoMetric_IsNothing(string? text) => Assert.Null(PanelList.Parse(text));

    [Fact]
    public void Parse_TooManyOrTwice_AreCut() => Assert.Equal(["a", "b", "c", "d", "e"], PanelList.Parse("a,b~z,a~x,c,d,e,f")!.Metrics);

    [Fact]
    public void Toggle_LastOne_Stays() => Assert.Equal("a", PanelList.Parse("a")!.Toggle("a").ToText());

    [Fact]
    public void Toggle_OneMoreThanFit_ChangesNothing() => Assert.Equal("a,b,c,d,e", PanelList.Parse("a,b,c,d,e")!.Toggle("f").ToText());

    [Fact]
    public void Replace_MetricOfAnotherPanel_ChangesPlacesWithIt()
    {
        PanelList panels = PanelList.Parse("a~x,b~o")!;

        Assert.Equal("b~x,a~o", panels.Replace(panels.Panels[0], panels.Panels[0] with { Metric = "b" }).ToText());
    }

    [Theory]
    [InlineData(-1, "b,a,c")]
    [InlineData(1, "a,c,b")]
    [InlineData(9, "a,c,b")]
    public void Move_Panel_TakesItsPlace(int by, string expected)
    {
        PanelList panels = PanelList.Parse("a,b,c")!;

        Assert.Equal(expected, panels.Move(panels.Panels[1], by).ToText());
    }
}
