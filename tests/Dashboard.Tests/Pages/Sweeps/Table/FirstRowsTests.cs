using System.Net;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Dashboard.Tests.Pages.Sweeps.Table;

public sealed class FirstRowsTests : DashboardContext
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private OrchestratorClient Client => Services.GetRequiredService<OrchestratorClient>();

    [Fact]
    public async Task Take_WhatWasAskedFor_GivesItOnce()
    {
        Orchestrator.On("GET /api/sweeps/s1/runs", new Page<RunView>(1, [Samples.Run(1)]));
        var state = new RunsTableState { Sort = "-epoch" };

        var rows = FirstRows.Read(Client, "s1", state, Token);
        await rows.WaitAsync();
        Task<Page<RunView>>? first = rows.Take("s1", state.Query(0, FirstRows.Count));

        Assert.Equal(["r1"], (await first!).Items.Select(run => run.Id));
        Assert.Null(rows.Take("s1", state.Query(0, FirstRows.Count)));
    }

    [Theory]
    [InlineData("s2", null)]
    [InlineData("s1", "failed")]
    public void Take_SomethingElse_GivesNothing(string sweep, string? status)
    {
        Orchestrator.On("GET /api/sweeps/s1/runs", new Page<RunView>(1, [Samples.Run(1)]));

        var rows = FirstRows.Read(Client, "s1", new RunsTableState(), Token);

        Assert.Null(rows.Take(sweep, new RunsTableState { Status = status }.Query(0, FirstRows.Count)));
    }

    [Fact]
    public async Task Wait_Refused_DoesNotFailButTakingDoes()
    {
        Orchestrator.OnProblem("GET /api/sweeps/s1/runs", HttpStatusCode.BadRequest, "no", new() { ["filter"] = ["unknown name"] });
        var state = new RunsTableState { Filter = "x = 1" };

        var rows = FirstRows.Read(Client, "s1", state, Token);
        await rows.WaitAsync();

        OrchestratorException refusal = await Assert.ThrowsAsync<OrchestratorException>(() => rows.Take("s1", state.Query(0, FirstRows.Count))!);
        Assert.Contains("filter", refusal.Errors.Keys);
    }
}
