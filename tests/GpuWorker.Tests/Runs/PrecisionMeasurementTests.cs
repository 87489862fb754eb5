using Experiments.GpuWorker.Runs;
using Experiments.GpuWorker.Training.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>A worker measures before its first run, and its heartbeats report the result.</summary>
public sealed class PrecisionMeasurementTests
{
    [Fact]
    public async Task Start_WhileItMeasures_TakesNoTicketAndReportsNothing()
    {
        using var measured = new ManualResetEventSlim();
        WorkerHarness? worker = null;
        Task<WorkerHarness> start = WorkerHarness.StartAsync(harness =>
        {
            worker = harness;
            harness.GainOf = _ =>
            {
                measured.Wait(OrchestratorDouble.TestTimeout);
                return 2;
            };
        });

        Assert.Null((await worker!.Orchestrator.NextHeartbeatAsync()).FasterInBFloat16);
        Assert.Null((await worker.Orchestrator.NextHeartbeatAsync()).FasterInBFloat16);
        Assert.False(worker.Host.Services.GetRequiredService<TicketGate>().IsInQueue);

        measured.Set();
        await using WorkerHarness started = await start;
        await worker.HeartbeatsAsync(2);
        Assert.Equal(BFloat16Models.Candidates, (await worker.Orchestrator.NextHeartbeatAsync()).FasterInBFloat16);
    }

    [Fact]
    public async Task Start_MeasuringFails_TakesRunsInFloat32()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(harness => harness.GainOf = _ => throw new InvalidOperationException("no memory left"));
        await worker.HeartbeatsAsync(2);

        Assert.Empty((await worker.Orchestrator.NextHeartbeatAsync()).FasterInBFloat16!);
    }

    [Fact]
    public async Task Start_DeviceWithoutBFloat16_ReportsNoModel()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync();

        Assert.Empty((await worker.Orchestrator.NextHeartbeatAsync()).FasterInBFloat16!);
    }
}
