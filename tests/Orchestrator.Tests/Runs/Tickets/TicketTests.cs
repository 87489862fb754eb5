using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Runs.Tickets;

public sealed class TicketTests
{
    [Fact]
    public async Task Launch_ManyRuns_SendsOneTicketEach()
    {
        using var folder = new TempFolder();
        var box = new TicketBox();
        await using TestHost host = await TestHost.StartAsync(folder, addConsumers: box.AddTo);
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(500, "priority: 7"));

        var tickets = new List<RunTicket>();
        while (tickets.Count < 500)
        {
            tickets.Add(await box.TakeAsync());
        }

        Assert.Equal(500, tickets.Select(ticket => ticket.RunId).Distinct().Count());
        Assert.All(tickets, ticket => Assert.Equal((sweep.Id, 7, new EpochRange(0, 2)), (ticket.SweepId, ticket.Priority, ticket.Epochs)));
        await host.UntilAsync(sweep.Id, s => s.RunCounts.Queued == 500);
        Assert.Equal(0, box.Count);
    }

    [Fact]
    public async Task IdleWorker_WhileRunsWait_MakesLostTicketsBeSentAgain()
    {
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var box = new TicketBox();
        await using TestHost host = await TestHost.StartAsync(folder, time, addConsumers: box.AddTo);
        await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunTicket lost = await box.TakeAsync();
        var worker = new ScriptedWorker(host);
        ValueTask<RunTicket> again = box.TakeAsync();

        int seconds = 0;
        for (; !again.IsCompleted; seconds++)
        {
            await worker.BeatAsync();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(lost.RunId, (await again).RunId);
        Assert.True(seconds >= 10, $"sent again after {seconds} s");
    }

    [Fact]
    public async Task Restart_WithoutDurableBus_SendsTicketsOfWaitingRunsAgain()
    {
        using var folder = new TempFolder();
        var first = new TicketBox();
        await using (TestHost host = await TestHost.StartAsync(folder, addConsumers: first.AddTo))
        {
            SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(3));
            await host.UntilAsync(sweep.Id, s => s.RunCounts.Queued == 3);
            for (int i = 0; i < 3; i++)
            {
                await first.TakeAsync();
            }
        }

        var second = new TicketBox();
        await using TestHost restarted = await TestHost.StartAsync(folder, addConsumers: second.AddTo);
        string[] runs = [(await second.TakeAsync()).RunId, (await second.TakeAsync()).RunId, (await second.TakeAsync()).RunId];

        Assert.Equal(3, runs.Distinct().Count());
    }
}
