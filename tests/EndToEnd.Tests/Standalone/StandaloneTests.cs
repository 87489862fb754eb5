using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.TestServers;
using Experiments.TestSystem.Processes;

namespace Experiments.EndToEnd.Tests.Standalone;

public sealed class StandaloneTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SweepFile_AllRunsComplete_PrintsTheTableAndLaunchedAgainReusesEveryResult()
    {
        string file = Write(SweepTexts.Small);
        await using StandaloneProcess standalone = StandaloneProcess.Start(TestProcesses.Options, _folder["data"], file, "--exit");

        Assert.Equal(0, await standalone.Process.ExitAsync(Limit));

        Assert.Contains("[4/4]", standalone.Process.Output, StringComparison.Ordinal);
        Assert.Contains("validation/accuracy", standalone.Process.Output, StringComparison.Ordinal);
        Assert.Equal("", standalone.Process.Errors.Trim());
        Assert.DoesNotContain("warn:", standalone.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", standalone.Process.Output, StringComparison.Ordinal);

        await using StandaloneProcess second = StandaloneProcess.Start(TestProcesses.Options, _folder["data"], file, "--exit");

        Assert.Equal(0, await second.Process.ExitAsync(Limit));
        Assert.Contains(" reused", second.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(": running", second.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SweepFile_ARunFails_TheOthersCompleteAndItExitsWith1()
    {
        await using StandaloneProcess standalone = StandaloneProcess.Start(TestProcesses.Options, _folder["data"], Write(SweepTexts.Diverging), "--exit");

        Assert.Equal(1, await standalone.Process.ExitAsync(Limit));

        Assert.Contains("failed", standalone.Process.Output, StringComparison.Ordinal);
        Assert.Contains("completed", standalone.Process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: x\ndataset: digits\ngrid:\n  learningRate: [0.1, -1]\n", ":4:", "grid.learningRate[1]", "-1")]
    [InlineData("name: x\ndataset: digits\nbase: { lerningRate: 0.1 }\n", ":3:", "lerningRate", "did you mean \"learningRate\"")]
    [InlineData("name: [unclosed\n", "line 2", "sweep.yaml", "")]
    [InlineData("name: x\ndataset: { name: imagefolder, path: /nowhere/at/all }\n", ":2:", "dataset.path", "/nowhere/at/all")]
    public async Task SweepFile_Bad_ExitsWith2AndSaysWhere(string yaml, string place, string path, string detail)
    {
        await using StandaloneProcess standalone = StandaloneProcess.Start(TestProcesses.Options, _folder["data"], Write(yaml), "--exit");

        Assert.Equal(2, await standalone.Process.ExitAsync(Limit));

        Assert.Contains(place, standalone.Process.Errors, StringComparison.Ordinal);
        Assert.Contains(path, standalone.Process.Errors, StringComparison.Ordinal);
        Assert.Contains(detail, standalone.Process.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.yaml", "missing.yaml")]
    [InlineData("--unknown", "--unknown")]
    public async Task CommandLine_MakesNoSense_ExitsWith2(string argument, string quoted)
    {
        await using StandaloneProcess standalone = StandaloneProcess.Start(TestProcesses.Options, _folder["data"], argument);

        Assert.Equal(2, await standalone.Process.ExitAsync(Limit));
        Assert.Contains(quoted, standalone.Process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_FolderCannotBeWritten_SaysSoInOneLine()
    {
        await File.WriteAllTextAsync(_folder["file"], "not a folder", TestContext.Current.CancellationToken);
        await using StandaloneProcess standalone = StandaloneProcess.Start(TestProcesses.Options, Path.Combine(_folder["file"], "data"));

        Assert.Equal(3, await standalone.Process.ExitAsync(Limit));
        Assert.Contains(_folder["file"], standalone.Process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", standalone.Process.Errors + standalone.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_InUseByAnother_SaysSo()
    {
        await using StandaloneProcess first = await StandaloneProcess.Start(TestProcesses.Options, _folder["data"]).ReadyAsync();
        await using StandaloneProcess second = StandaloneProcess.Start(TestProcesses.Options, _folder["data"]);

        Assert.Equal(3, await second.Process.ExitAsync(Limit));
        Assert.Contains(_folder["data"], second.Process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_MidSweepAgainAndAgain_CompletesEveryRunOnce()
    {
        string file = Write(SweepTexts.Small.Replace("epochs: 3", "epochs: 6", StringComparison.Ordinal).Replace("limit: 300", "limit: 1000", StringComparison.Ordinal));
        for (int kill = 1; kill <= 3; kill++)
        {
            await using StandaloneProcess interrupted = await StandaloneProcess.Start(TestProcesses.Options, _folder["data"], file).ReadyAsync();
            int progress = kill * 3;
            await interrupted.Api.UntilAsync(async () => await FinishedEpochsAsync(interrupted.Api) >= progress, Limit, $"{progress} epochs were not finished");
            await interrupted.Process.KillAsync();
        }

        await using StandaloneProcess last = await StandaloneProcess.Start(TestProcesses.Options, _folder["data"], file).ReadyAsync();
        SweepView sweep = Assert.Single((await last.Api.GetAsync<Page<SweepView>>("api/sweeps")).Items);
        await last.Api.EndedAsync(sweep.Id, Limit);

        await Results.AssertCompleteAsync(last.Api, sweep.Id, 4);
    }

    /// <summary>One run is resumed and the other has not started: neither is trained on a folder that differs from its key.</summary>
    [Fact]
    public async Task FolderChanged_WhileASweepRuns_FailsItsRunsAndTrainsWhatIsLaunchedThen()
    {
        string images = _folder["images"];
        Images.Write(images, 12);
        string file = Write(SweepTexts.OwnImages(images, epochs: 10_000));
        await using (StandaloneProcess interrupted = await StandaloneProcess.Start(TestProcesses.Options, _folder["data"], file).ReadyAsync())
        {
            await interrupted.Api.UntilAsync(async () => await FinishedEpochsAsync(interrupted.Api) >= 1, Limit, "no epoch was finished");
            await interrupted.Process.KillAsync();
        }

        // Without the file, which would launch a new sweep if the old one has failed by then.
        Images.Write(images, 13);
        await using StandaloneProcess again = await StandaloneProcess.Start(TestProcesses.Options, _folder["data"]).ReadyAsync();
        SweepView sweep = Assert.Single((await again.Api.GetAsync<Page<SweepView>>("api/sweeps")).Items);
        await again.Api.EndedAsync(sweep.Id, Limit);
        SweepView now = await again.Api.EndedAsync((await again.Api.LaunchAsync(SweepTexts.OwnImages(images, epochs: 1))).Id, Limit);

        Assert.All(await again.Api.RunsAsync(sweep.Id), run =>
        {
            Assert.Equal((RunStatus.Failed, FailureKind.Data), (run.Status, run.Failure?.Kind));
            Assert.StartsWith(
                $"data set \"imagefolder\" in \"{images}\" is not what it was when the run was planned: 24 files of 42,768 bytes then, 26 files of 46,332 bytes now", run.Failure!.Message, StringComparison.Ordinal);
        });
        await Results.AssertCompleteAsync(again.Api, now.Id, 2);
    }

    private static async Task<int> FinishedEpochsAsync(Api api)
    {
        Page<SweepView> sweeps = await api.GetAsync<Page<SweepView>>("api/sweeps");
        return sweeps.Items.Count == 0 ? 0 : (await api.RunsAsync(sweeps.Items[0].Id)).Sum(run => run.Epoch);
    }

    private string Write(string yaml)
    {
        string path = _folder["sweep.yaml"];
        File.WriteAllText(path, yaml);
        return path;
    }
}
