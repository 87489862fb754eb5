using AngleSharp.Dom;
using Bunit;
using Experiments.Dashboard.Components.Pages.Sweeps;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Sweeps;

public sealed class SweepTabsTests : DashboardContext
{
    [Theory]
    [InlineData("/sweeps/s1?sort=-seed", "Runs")]
    [InlineData("/sweeps/s1/analysis?x=model", "Analysis")]
    [InlineData("/sweeps/s1/search", "Search")]
    [InlineData("/sweeps/s1/timeline/", "Timeline")]
    [InlineData("/sweeps/s1/notes", "Notes")]
    public void Render_Address_MarksItsTab(string address, string name)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);

        IRenderedComponent<SweepTabs> tabs = Render<SweepTabs>(parameters => parameters.Add(tabs => tabs.SweepId, "s1").Add(tabs => tabs.More, new SweepTab("Notes", "/notes")));

        IElement current = Assert.Single(tabs.FindAll("a[aria-current=page]"));
        Assert.Equal(name, current.TextContent);
        Assert.Equal(5, tabs.FindAll("a").Count);
    }
}
