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

        page.WaitForAssertion(() => Assert.Contains("epoch 3 of 5", page.Find(".worker-run").TextContent, StringComparison.Ordinal));
        Assert.Equal("runs/r2", page.Find(".worker-run a").GetAttribute("href"));
        Assert.Equal("60", page.Find("[role=meter][aria-label=Progress]").GetAttribute("aria-valuenow"));
        Assert.Contains("256 B of 1 KB", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WarmGpu_ShowsItsTemperature()
    {
        Orchestrator.On("GET /api/workers", new[] { Worker(WorkerState.Idle) with { Utilization = 0.5, Temperature = 71 } });

        IRenderedComponent<WorkersPage> page = Render<WorkersPage>();

        page.WaitForAssertion(() => Assert.Contains("71 °C", page.Markup.Replace('\u00a0', ' '), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(WorkerState.Idle, "Drain", "POST /api/workers/w1/drain")]
    [InlineData(WorkerState.SetAside, "Readmit", "POST /api/workers/w1/readmit")]
    public async Task Click_Action_AsksForIt(WorkerState state, string label, string request)
    {
        Orchestrator.On("GET /api/workers", new[] { Worker(state) }).On("POST /api/workers/w1", Worker(state));
        IRenderedComponent<WorkersPage> page = Render<WorkersPage>();
        page.WaitForElement(".worker-actions button");
        page.WaitForAssertion(() => Assert.Equal(label, page.Find(".worker-actions button").TextContent));

        await page.InvokeAsync(() => page.Find(".worker-actions button").Click());

        page.WaitForAssertion(() => Assert.Contains(request, Orchestrator.Requests));
    }

    [Fact]
    public void Render_History_IsDrawnWithItsBeginning()
    {
        Orchestrator
            .On("GET /api/workers", new[] { Worker(WorkerState.Idle) })
            .On("GET /api/workers/w1/history", new WorkerHistory(
                "w1", Samples.Time.AddMinutes(-5), 10, [.. Enumerable.Range(0, 30).Select(i => new WorkerSample(Samples.Time.AddSeconds(-300 + (10 * i)), 256, 1024, 0.5, null, i < 15))]));

        IRenderedComponent<WorkersPage> page = Render<WorkersPage>();

        page.WaitForAssertion(() => Assert.StartsWith("M", page.Find(".history .line").GetAttribute("d"), StringComparison.Ordinal));
        Assert.Equal("last hour, since 2026-03-01 11:55:00; resets when the server restarts", page.Find(".page-head .card-note").TextContent);
        Assert.Equal("2026-03-01 11:55:00 UTC", page.Find(".page-head time").GetAttribute("title"));
        Assert.Contains("busy 48 %", page.Markup.Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WorkerSetAside_SaysWhy()
    {
        Orchestrator.On("GET /api/workers", new[] { Worker(WorkerState.SetAside) with { Reason = "3 runs in a row crashed on it" } });

        IRenderedComponent<WorkersPage> page = Render<WorkersPage>();

        page.WaitForAssertion(() => Assert.Contains("3 runs in a row crashed on it", page.Find(".worker-reason").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_LostWorker_OffersNothing()
    {
        Orchestrator.On("GET /api/workers", new[] { Worker(WorkerState.Lost) });

        IRenderedComponent<WorkersPage> page = Render<WorkersPage>();

        page.WaitForElement(".worker-card");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".worker-actions button")));
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
