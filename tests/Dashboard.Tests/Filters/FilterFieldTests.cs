using Bunit;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Filters;

namespace Experiments.Dashboard.Tests.Filters;

public sealed class FilterFieldTests : DashboardContext
{
    private readonly List<string?> _values = [];

    public FilterFieldTests() => Orchestrator.On("GET /api/sweeps/s1/names", new RunNames(["custom/metric"], ["good"]));

    [Fact]
    public async Task Type_PartOfAName_ListsItAndAsksForNamesOnce()
    {
        IRenderedComponent<FilterField> field = Show();
        Assert.True(field.Find("ul").HasAttribute("hidden"));

        await TypeAsync(field, "cust");
        await TypeAsync(field, "custo");

        Assert.Equal("custom/metric", field.Find("li .filter-label").TextContent);
        Assert.Equal(("custom/metric ", "0", "5"), (Data(field, "text"), Data(field, "start"), Data(field, "end")));
        Assert.Single(Orchestrator.Requests);
    }

    [Fact]
    public async Task Type_OrchestratorAway_CompletesWhatTheSweepsFileSays()
    {
        Orchestrator.IsDown = true;
        IRenderedComponent<FilterField> field = Show();

        await TypeAsync(field, "model = ");

        Assert.Equal("small_cnn", field.Find("li .filter-label").TextContent);
    }

    [Fact]
    public async Task Change_Text_IsTheFilterAndNothingWhenEmpty()
    {
        IRenderedComponent<FilterField> field = Show();

        await field.InvokeAsync(() => field.Find("input").Change(" seed = 1 "));
        await field.InvokeAsync(() => field.Find("input").Change("  "));

        Assert.Equal(["seed = 1", null], _values);
    }

    [Fact]
    public void Render_Problem_IsShownAtTheField()
    {
        IRenderedComponent<FilterField> field = Show(problem: "character 9: unknown");

        Assert.Equal("true", field.Find("input").GetAttribute("aria-invalid"));
        Assert.Equal("character 9: unknown", field.Find("#" + field.Find("input").GetAttribute("aria-describedby")).TextContent);
    }

    private static string? Data(IRenderedComponent<FilterField> field, string name) => field.Find("li").GetAttribute($"data-{name}");

    private static Task TypeAsync(IRenderedComponent<FilterField> field, string text) =>
        field.Find("input").TriggerEventAsync("onfiltertyped", new FilterTypedEventArgs { Text = text, Caret = text.Length });

    private IRenderedComponent<FilterField> Show(string? problem = null) => Render<FilterField>(parameters => parameters
        .Add(field => field.Id, "f")
        .Add(field => field.Sweep, Samples.Sweep())
        .Add(field => field.Problem, problem)
        .Add(field => field.ValueChanged, _values.Add));
}
