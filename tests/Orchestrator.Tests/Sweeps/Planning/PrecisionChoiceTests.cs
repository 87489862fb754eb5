using Experiments.Contracts.Api;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Sweeps.Planning;
using Experiments.Orchestrator.Tests.Support;
using Experiments.Orchestrator.Workers;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Orchestrator.Tests.Sweeps.Planning;

public sealed class PrecisionChoiceTests
{
    private readonly FakeTimeProvider _time = new();

    private const string Auto = "name: p\ndataset: digits\nbase: { epochs: 1, precision: auto }\ngrid: { model: [small_cnn, resnet18] }\n";

    [Fact]
    public async Task Launch_ModelThatAllWorkersTrainFasterInBFloat16_IsStoredWithIt()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        await new ScriptedWorker(host, "one") { FasterInBFloat16 = ["resnet18", "small_cnn"] }.BeatAsync();
        await new ScriptedWorker(host, "two") { FasterInBFloat16 = ["resnet18"] }.BeatAsync();

        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", Auto);

        Assert.Equal(["float32", "bfloat16"], await PrecisionsAsync(host, sweep));
        SweepWarning warning = Assert.Single(sweep.Warnings!);
        Assert.Equal("base.precision", warning.Path);
        Assert.Equal([1], warning.Cells);
        Assert.Contains("float32 for small_cnn", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_Auto_HasTheKeyOfThePrecisionThatItStandsFor()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        await new ScriptedWorker(host) { FasterInBFloat16 = ["resnet18"] }.BeatAsync();

        SweepView chosen = await host.PostAsync<SweepView>("/api/sweeps", Auto);
        SweepView written = await host.PostAsync<SweepView>(
            "/api/sweeps", "name: w\ndataset: digits\nbase: { epochs: 1 }\ngrid:\n  - { model: [small_cnn], precision: [float32] }\n  - { model: [resnet18], precision: [bfloat16] }\n");

        Assert.Equal(await KeysAsync(host, chosen), await KeysAsync(host, written));
    }

    [Fact]
    public async Task Launch_WorkerThatHasNotMeasured_IsFloat32AndSaysWhy()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        await new ScriptedWorker(host, "one") { FasterInBFloat16 = ["resnet18"] }.BeatAsync();
        await new ScriptedWorker(host, "old").BeatAsync();

        SweepPreview preview = await host.PostAsync<SweepPreview>("/api/sweeps/preview", Auto);

        Assert.Equal(2, preview.Warnings.Count);
        Assert.All(preview.Warnings, warning => Assert.Contains("worker old has not measured it yet", warning.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Preview_ModelWhoseAccuracyWasNotCompared_SaysSo()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        await new ScriptedWorker(host) { FasterInBFloat16 = ["resnet18"] }.BeatAsync();

        SweepPreview preview = await host.PostAsync<SweepPreview>("/api/sweeps/preview", "name: p\ndataset: digits\nbase: { precision: auto, model: vgg16 }\n");

        Assert.Equal("auto means float32 for vgg16: its accuracy in bfloat16 was not compared with float32", Assert.Single(preview.Warnings).Message);
    }

    [Fact]
    public async Task WaitForMeasurements_WorkerThatMeasures_EndsWithItsNextHeartbeat()
    {
        WorkerTable workers = Workers();
        workers.Seen(new Heartbeat { WorkerId = "w", Host = "h", Device = "cpu" });

        Task wait = new PrecisionChoice(workers, _time).WaitForMeasurementsAsync(Spec("""{"name":"p","dataset":"digits","grid":{"precision":["auto"]}}"""), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(wait.IsCompleted);
        workers.Seen(new Heartbeat { WorkerId = "w", Host = "h", Device = "cpu", FasterInBFloat16 = [] });
        _time.Advance(TimeSpan.FromSeconds(1));

        await wait.WaitAsync(TestTimeout.Token);
    }

    [Fact]
    public async Task WaitForMeasurements_NoWorker_EndsAfterTenSeconds()
    {
        Task wait = new PrecisionChoice(Workers(), _time).WaitForMeasurementsAsync(Spec("""{"name":"p","dataset":"digits","grid":{"precision":["auto"]}}"""), TestContext.Current.CancellationToken);
        for (int quarters = 0; quarters < 39; quarters++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
        }

        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(250));

        await wait.WaitAsync(TestTimeout.Token);
    }

    [Fact]
    public void WaitForMeasurements_SweepWithoutAuto_DoesNotWait() => Assert.True(
        new PrecisionChoice(Workers(), _time).WaitForMeasurementsAsync(Spec("""{"name":"p","dataset":"digits"}"""), TestContext.Current.CancellationToken).IsCompleted);

    [Fact]
    public async Task Extend_ByValuesOfEarlierRuns_AddsNoSecondRunForThem()
    {
        using var folder = new TempFolder();
        await using TestHost host = await TestHost.StartAsync(folder);
        var worker = new ScriptedWorker(host) { FasterInBFloat16 = [] };
        await worker.BeatAsync();
        SweepView sweep = await host.PostAsync<SweepView>("/api/sweeps", Auto);
        worker.FasterInBFloat16 = ["small_cnn", "resnet18"];
        await worker.BeatAsync();

        await host.PostAsync<SweepView>($"/api/sweeps/{sweep.Id}/extend", "grid: { seed: [42, 43] }");

        Assert.Equal(["float32", "float32", "bfloat16", "bfloat16"], await PrecisionsAsync(host, sweep));
    }

    private WorkerTable Workers() => new(null!, null!, null!, Options.Create(new LeaseOptions { Seconds = 600 }), _time);

    private static SweepSpec Spec(string json) => SpecJson.Read(json);

    private static async Task<IReadOnlyList<string>> PrecisionsAsync(TestHost host, SweepView sweep) =>
        [.. (await RunsAsync(host, sweep)).Select(run => run.Config["precision"].GetString()!)];

    private static async Task<IReadOnlyList<string>> KeysAsync(TestHost host, SweepView sweep) => [.. (await RunsAsync(host, sweep)).Select(run => run.Key)];

    private static async Task<IReadOnlyList<RunView>> RunsAsync(TestHost host, SweepView sweep) =>
        (await host.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs?sort=cell")).Items;
}
