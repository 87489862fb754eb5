using AngleSharp.Dom;
using Bunit;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

/// <summary>The form of a new sweep whose preview has three runs.</summary>
public abstract class LaunchPageContext : DashboardContext
{
    protected LaunchPageContext() => Orchestrator.On("POST /api/sweeps/preview", new SweepPreview(3, 0, 1, 3));

    protected static string Cells(IRenderedComponent<LaunchPage> page) => page.Find("#cell-count").TextContent;

    protected static IElement Choice(IRenderedComponent<LaunchPage> page, string name) =>
        page.FindAll("button.chip-toggle").Single(button => button.FirstChild!.TextContent == name);

    protected static IElement Launch(IRenderedComponent<LaunchPage> page) => page.Find(".summary .mud-button-root");
}
