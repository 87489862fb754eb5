using System.Net;
using Experiments.Contracts.Api;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Tests.Support;

namespace Experiments.Orchestrator.Tests.Sweeps.Launch;

public sealed class ExtensionPreviewTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private TestHost _host = null!;
    private SweepView _sweep = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(_folder);
        _sweep = await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2));
        var worker = new ScriptedWorker(_host);
        await worker.CompleteAsync(await worker.ClaimAsync());
        await worker.CompleteAsync(await worker.ClaimAsync());
        await _host.UntilAsync(_sweep.Id, sweep => sweep.Status == SweepStatus.Completed);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Preview_MoreEpochsOfAFinishedSweep_SaysThatTheyTrainFromTheBeginning()
    {
        SweepPreview preview = await PreviewAsync("grid: { epochs: [5, 9] }");

        Assert.Equal((4, 0, 4), (preview.Runs, preview.Reused, preview.Cells));
        SweepWarning warning = Assert.Single(preview.Warnings);
        Assert.Equal("grid.epochs", warning.Path);
        Assert.StartsWith("4 runs train from the beginning, for 5, 9 epochs", warning.Message, StringComparison.Ordinal);
        Assert.Equal([3, 4, 5, 6], warning.Cells);
        Assert.Equal(2, (await _host.GetAsync<SweepView>($"/api/sweeps/{_sweep.Id}")).RunCounts.Total);
    }

    [Theory]
    [InlineData("grid: { seed: [2, 3] }", 1, 1)]
    [InlineData("grid: { seed: [1, 2] }", 0, 2)]
    [InlineData("grid: { epochs: [2, 5] }", 2, 2)]
    [InlineData("grid: { epochs: [5] }", 2, 0)]
    [InlineData("grid: [ { seed: [2, 3] } ]", 1, 1)]
    public async Task Preview_ValuesThatTheSweepHas_AreDuplicates(string body, int runs, int duplicates)
    {
        SweepPreview preview = await PreviewAsync(body);

        Assert.Equal((runs, duplicates, runs + duplicates), (preview.Runs, preview.Duplicates, preview.Cells));
    }

    [Fact]
    public async Task Preview_OtherCells_WarnsOfNothing()
    {
        SweepPreview preview = await PreviewAsync("grid: { seed: [2, 3] }");

        Assert.Equal(1, preview.Runs);
        Assert.Empty(preview.Warnings);
    }

    [Fact]
    public async Task Preview_RunsThatAreThereAlready_AreReusedWithoutAWarning()
    {
        await _host.PostAsync<SweepView>("/api/sweeps", "name: longer\ndataset: digits\nbase: { epochs: 5 }\ngrid: { seed: [1] }");
        var worker = new ScriptedWorker(_host);
        RunClaimed longer = await worker.ClaimAsync();
        await worker.CompleteAsync(longer);
        await _host.UntilRunAsync(longer.RunId, run => run.Status == RunStatus.Completed);

        SweepPreview preview = await PreviewAsync("grid: { epochs: [5] }");

        Assert.Equal((2, 1), (preview.Runs, preview.Reused));
        Assert.Equal([4], Assert.Single(preview.Warnings).Cells);
    }

    [Theory]
    [InlineData("grid: { epochs: [0] }", HttpStatusCode.BadRequest)]
    [InlineData("epochs: [5]", HttpStatusCode.BadRequest)]
    public async Task Preview_BadValues_AreRefused(string body, HttpStatusCode status) =>
        Assert.Equal(status, (await _host.PostAsync($"/api/sweeps/{_sweep.Id}/extend/preview", body)).StatusCode);

    private Task<SweepPreview> PreviewAsync(string body) => _host.PostAsync<SweepPreview>($"/api/sweeps/{_sweep.Id}/extend/preview", body);
}
