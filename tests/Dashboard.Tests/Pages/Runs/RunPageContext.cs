using Bunit;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Runs;

namespace Experiments.Dashboard.Tests.Pages.Runs;

/// <summary>The page of run <c>r3</c>.</summary>
public abstract class RunPageContext : DashboardContext
{
    protected RunPageContext() => Orchestrator
        .On("GET /api/sweeps/s1", Samples.Sweep())
        .On("GET /api/runs/r3/metrics", new Dictionary<string, IReadOnlyList<SeriesPoint>> { ["train/loss"] = [new(1, 0.5, Samples.Time)] })
        .On("GET /api/runs/r3/attempts", Array.Empty<AttemptView>());

    private protected static ModelSummary Model { get; } = new()
    {
        Name = "resnet18",
        Description = "",
        Classes = 10,
        ImageSize = 32,
        SmallInput = true,
        Layers = [new LayerView("conv1", "Conv2d", [64, 32, 32], 600, 1_400_000), new LayerView("fc", "Linear", [10], 50, 100_000)],
        Parameters = 650,
        HeadParameters = 50,
        MultiplyAdds = 1_500_000,
        ParameterBytes = 2600,
        ActivationBytes = 1024,
    };

    private protected void Show(RunView run) => Orchestrator
        .On("GET /api/runs/r3", run)
        .On("GET /api/runs/r3/model", Model)
        .On("GET /api/runs/r3/log", new RunLogPage { Lines = [], IsEnd = true })
        .On("GET /api/runs/r3/metrics", new Dictionary<string, IReadOnlyList<SeriesPoint>>())
        .On("GET /api/runs/r3/attempts", Array.Empty<AttemptView>());

    private protected IRenderedComponent<RunPage> Open()
    {
        IRenderedComponent<RunPage> page = Render<RunPage>(parameters => parameters.Add(page => page.Id, "r3"));
        page.WaitForElement("table.pairs");
        return page;
    }
}
