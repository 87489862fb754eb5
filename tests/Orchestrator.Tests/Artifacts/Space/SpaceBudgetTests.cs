using System.Net;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Tests.Artifacts.Uploads;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Artifacts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Experiments.Orchestrator.Tests.Artifacts.Space;

/// <summary>Behavior when disk space runs short.</summary>
public sealed class SpaceBudgetTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeDisk _disk = new();
    private TestHost _host = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(
        _folder,
        settings: new Dictionary<string, string?> { ["Artifacts:MaxBytes"] = "1000", ["Artifacts:MinFreeBytes"] = "500" },
        addConsumers: bus => bus.AddSingleton<IDiskSpace>(_disk));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task LittleFree_NoAttemptBeginsUntilThereIsRoom()
    {
        var worker = new ScriptedWorker(_host);
        await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2));
        RunClaimed running = await worker.ClaimAsync();
        _disk.Free = 499;

        Assert.Null(await worker.TryClaimAsync());
        Assert.Equal(Contracts.Workers.AttemptDirective.Continue, (await worker.BeatAsync(running)).Attempt);
        await worker.FinishEpochAsync(running, 1);
        await _host.UntilRunAsync(running.RunId, run => run.Epoch == 1);
        Assert.Equal(HttpStatusCode.OK, (await new Uploading(_host, running).PutAsync("best.safetensors", [1, 2, 3])).StatusCode);

        _disk.Free = 500;
        Assert.NotEqual(running.RunId, (await worker.ClaimAsync()).RunId);
    }

    [Fact]
    public async Task ArtifactsBeyondTheLimit_LaunchAndExtendSayWhichFolderFiguresAndSetting()
    {
        SweepView sweep = await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2));
        RunClaimed run = await new ScriptedWorker(_host).ClaimAsync();
        await new Uploading(_host, run).PutAsync("best.safetensors", new byte[1001]);

        foreach ((string path, string body) in new[] { ("/api/sweeps", SweepFiles.Of(1)), ($"/api/sweeps/{sweep.Id}/extend", "grid: { seed: [9] }") })
        {
            HttpResponseMessage response = await _host.PostAsync(path, body);

            string text = await response.Content.ReadAsStringAsync(Cancelled);
            Assert.Equal(HttpStatusCode.InsufficientStorage, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            using var problem = JsonDocument.Parse(text);
            string reason = problem.RootElement.GetProperty("errors").GetProperty("Artifacts:MaxBytes")[0].GetString()!;
            Assert.Contains("1,001 bytes", reason, StringComparison.Ordinal);
            Assert.Contains("allows 1,000", reason, StringComparison.Ordinal);
            Assert.Contains(_host.Get<ArtifactFolder>().Root, reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Health_WhileThereIsNoRoom_IsDegradedWithTheFigures()
    {
        Assert.Equal("healthy", (await HealthAsync()).Status);

        _disk.Free = 499;
        (string status, string description) = await HealthAsync();
        Assert.Equal("degraded", status);
        Assert.Contains("499 bytes free; Artifacts:MinFreeBytes asks for 500", description, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _host.GetAsync("/health")).StatusCode);

        _disk.Free = 10_000;
        Assert.Equal("healthy", (await HealthAsync()).Status);
    }

    [Fact]
    public async Task Upload_ThatDoesNotFitOnTheDisk_IsRefusedBeforeItIsSent()
    {
        await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await new ScriptedWorker(_host).ClaimAsync();
        _disk.Free = 100;

        Assert.Equal(HttpStatusCode.InsufficientStorage, (await new Uploading(_host, run).PutAsync("best.safetensors", new byte[101])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await new Uploading(_host, run).PutAsync("best.safetensors", new byte[100])).StatusCode);
    }

    [Fact]
    public async Task Usage_OfFilesThatWorkersWroteThemselves_IsLearntFromTheirReports()
    {
        var worker = new ScriptedWorker(_host);
        await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        RunClaimed run = await worker.ClaimAsync();
        string path = Path.Combine(_host.Get<ArtifactFolder>().PrepareAttemptFolder(run.RunId, 1), "checkpoint.safetensors");
        await File.WriteAllBytesAsync(path, new byte[700], Cancelled);

        await worker.FinishEpochAsync(run, 1);
        await TestTimeout.UntilAsync(() => Task.FromResult(_host.Get<ArtifactUsage>().Bytes), bytes => bytes == 700);
        await File.WriteAllBytesAsync(Path.ChangeExtension(path, "json"), new byte[50], Cancelled);
        await worker.EndAsync(run, AttemptOutcome.Completed);

        await TestTimeout.UntilAsync(() => Task.FromResult(_host.Get<ArtifactUsage>().Bytes), bytes => bytes == 0);
    }

    [Theory]
    [InlineData("Artifacts:MaxBytes", "0")]
    [InlineData("Artifacts:MinFreeBytes", "-1")]
    public async Task Setting_ThatMakesNoSense_EndsTheStartAndIsNamed(string key, string value)
    {
        using var folder = new TempFolder();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TestHost.StartAsync(folder, settings: new Dictionary<string, string?> { [key] = value }));

        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    private async Task<(string Status, string Description)> HealthAsync()
    {
        JsonElement check = (await _host.GetAsync<JsonElement>("/health")).GetProperty("checks").GetProperty("artifacts");
        return (check.GetProperty("status").GetString()!, check.GetProperty("description").GetString()!);
    }

    private sealed class FakeDisk : IDiskSpace
    {
        private long _free = 10_000;

        public long Free
        {
            set => Interlocked.Exchange(ref _free, value);
        }

        public long? FreeBytes(string folder) => Interlocked.Read(ref _free);
    }
}
