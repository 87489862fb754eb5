using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Maintenance;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Startup;
using Microsoft.Extensions.Configuration;

namespace Experiments.Orchestrator.Tests.Maintenance;

public sealed class StorageBackupTests
{
    [Fact]
    public async Task Backup_WhileRunsEnd_CanBeStartedFrom()
    {
        using var folder = new TempFolder();
        using var copies = new TempFolder();
        string copy = Path.Combine(copies.Path, "today");
        SweepView sweep;
        await using (TestHost host = await TestHost.StartAsync(folder))
        {
            var worker = new ScriptedWorker(host);
            sweep = await host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(2));
            await worker.CompleteAsync(await worker.ClaimAsync(), accuracy: 0.75);
            await host.UntilAsync(sweep.Id, s => s.RunCounts.Completed == 1);

            Assert.Equal((ExitCodes.Stopped, ""), Run(folder.Path, copy));
            await worker.CompleteAsync(await worker.ClaimAsync());
        }

        using var restored = new TempFolder();
        foreach (string file in Directory.GetFiles(copy))
        {
            File.Copy(file, Path.Combine(restored.Path, Path.GetFileName(file)));
        }

        await using TestHost again = await TestHost.StartAsync(restored);
        SweepView known = await again.UntilAsync(sweep.Id, s => s.RunCounts.Completed == 1);
        Assert.Equal((SweepStatus.Running, 0.75), (known.Status, known.BestValue));
        RunView[] runs = [.. (await again.GetAsync<Page<RunView>>($"/api/sweeps/{sweep.Id}/runs?status=completed")).Items];
        var curves = await again.GetAsync<Dictionary<string, SeriesPoint[]>>($"/api/runs/{runs.Single().Id}/metrics");
        Assert.All(curves.Values, points => Assert.Equal(2, points.Length));
    }

    [Fact]
    public void Backup_FolderThatIsNotEmpty_LeavesItAlone()
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Path, "experiments.db");
        File.WriteAllText(file, "precious");

        (int code, string errors) = Run(folder.Path, folder.Path);

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("is not empty", errors, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(file));
    }

    [Fact]
    public void Backup_FolderWithoutADatabase_SaysWhatIsMissing()
    {
        using var folder = new TempFolder();

        (int code, string errors) = Run(folder.Path, Path.Combine(folder.Path, "copy"));

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("has no experiments.db", errors, StringComparison.Ordinal);
    }

    private static (int Code, string Errors) Run(string root, params string[] arguments)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Root", root)]).Build();
        using var errors = new StringWriter();
        return (StorageBackup.Run(arguments, configuration, TextWriter.Null, errors), errors.ToString());
    }
}
