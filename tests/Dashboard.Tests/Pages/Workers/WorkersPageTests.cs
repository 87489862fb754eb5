using Bunit;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Dashboard.Components.Pages.Workers;

namespace Experiments.Dashboard.Tests.Pages.Workers;

public sealed class WorkersPageTests : DashboardContext
{
    [Fact]
    public void Render_NoWorkers_SaysHowToGetOne()
    {
        Orchestrator.On("GET /api/workers", Array.Empty<WorkerView>());

        IRenderedComponent<WorkersPage> page = Render<WorkersPage>();

        page.WaitForAssertion(() => Assert.Contains("No workers", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_BusyWorker_ShowsWhatItTrainsAndItsMemory()
    {
        Orchestrator.On("GET /api/workers", new[] { Worker(WorkerState.Busy, "r2") }).On("GET /api/runs/r2", Samples.Run(2, epoch: 3));

        IRenderedComponent<WorkersPage> page = Render<WorkersPage>();

        page.WaitForAssertion(() => Assert.Contains("#2 · epoch 3 of 5", page.Find("a[href='/runs/r2']").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("25", page.Find("[role=meter][aria-label=Memory]").GetAttribute("aria-valuenow")));
    }

    [Theory]
    [InlineData(WorkerState.Idle, "Drain", "POST /api/workers/w1/drain")]
    [InlineData(WorkerState.SetAside, "Readmit", "POST /api/workers/w1/readmit")]
    public void Click_Action_AsksForIt(WorkerState state, string label, string request)
    {
        Orchestrator.On("GET /api/workers", new[] { Worker(state) }).On("POST /api/workers/w1", Worker(state));
        IRenderedComponent<WorkersPage> page = Render<WorkersPage>();
        page.WaitForElement("tbody button");
        page.WaitForAssertion(() => Assert.Equal(label, page.Find("tbody button").TextContent));

        page.Find("tbody button").Click();

        page.WaitForAssertion(() => Assert.Contains(request, Orchestrator.Requests));
    }

    [Fact]
    public void Render_LostWorker_OffersNothing()
    {
        Orchestrator.On("GET /api/workers", new[] { Worker(WorkerState.Lost) });

        IRenderedComponent<WorkersPage> page = Render<WorkersPage>();

        page.WaitForElement("tbody tr");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("tbody button")));
    }

    private static WorkerView Worker(WorkerState state, string? runId = null) => new()
    {
        Id = "w1",
        Host = "gpu-1",
        Device = "cuda:0",
        State = state,
        RunId = runId,
        MemoryUsed = 256,
        MemoryTotal = 1024,
        Utilization = 0.5,
        LastSeen = Samples.Time,
    };
}
