using Bunit;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class StoppingCardTests : DashboardContext
{
    private readonly SweepDraft _draft = new();

    [Fact]
    public void Choose_ARule_PutsItIntoTheDraftAndNamesItsRungs()
    {
        IRenderedComponent<StoppingCard> card = Render<StoppingCard>(parameters => parameters.Add(card => card.Draft, _draft));
        Assert.Empty(card.FindAll("#stopping-epochs"));

        card.Find("#stopping-rule").Change("asha");
        card.Find("#stopping-epochs").Change("2");
        card.Find("#stopping-factor").Change("2");

        Assert.Equal(new StoppingSpec(StoppingKind.Asha, 2, 2), _draft.Stopping);
        Assert.Contains("Rungs after epochs 2, 4 and 8 of 10.", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_None_TakesTheRuleAway()
    {
        _draft.Stopping = new StoppingSpec(StoppingKind.Median, 3, StoppingSpec.DefaultFactor);
        IRenderedComponent<StoppingCard> card = Render<StoppingCard>(parameters => parameters.Add(card => card.Draft, _draft));
        Assert.Empty(card.FindAll("#stopping-factor"));

        card.Find("#stopping-rule").Change("none");

        Assert.Null(_draft.Stopping);
    }

    [Fact]
    public void Change_NotANumber_IsRefusedAndQuoted()
    {
        _draft.Stopping = new StoppingSpec(StoppingKind.Asha, 1, 3);
        IRenderedComponent<StoppingCard> card = Render<StoppingCard>(parameters => parameters.Add(card => card.Draft, _draft));

        card.Find("#stopping-factor").Change("many");

        Assert.Contains("not a whole number: \"many\"", card.Find("#stopping-card").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, _draft.Stopping!.Factor);
    }
}
