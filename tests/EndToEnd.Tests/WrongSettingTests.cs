using Experiments.TestServers;
using Experiments.TestSystem.Processes;

namespace Experiments.EndToEnd.Tests;

/// <summary>An invalid setting ends each program with one line and the exit code for it.</summary>
public sealed class WrongSettingTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("Standalone", "Worker:Threads", "abc", "a whole number")]
    [InlineData("Standalone", "Worker:Device", "tpu", "auto, cpu, cuda:N with N from 0")]
    [InlineData("Standalone", "Leases:Seconds", "15s", "a number, with a point for decimals")]
    [InlineData("Orchestrator", "Artifacts:MinFreeBytes", "1GiB", "a whole number")]
    [InlineData("Orchestrator", "ModelRequests:AnswerSeconds", "0", "0.05 to 600")]
    [InlineData("GpuWorker", "Worker:RunLog", "maybe", "true or false")]
    [InlineData("GpuWorker", "Worker:HeartbeatSeconds", "often", "a number, with a point for decimals")]
    [InlineData("Dashboard", "MetricStream:PollInterval", "1s", "a time as hours, minutes and seconds, such as 00:00:30")]
    public async Task Start_SettingThatCannotBeRead_GivesOneLineAndAnExitCode(string project, string key, string value, string allowed)
    {
        string[] arguments = project == "Standalone" ? ["--data", _folder["data"]] : [$"--Storage:Root={_folder["data"]}"];
        await using var service = ServiceProcess.Start(
            project, new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" }, [.. arguments, $"--{key}={value}"], TestProcesses.Options);

        int exitCode = await service.ExitAsync(Limit);

        Assert.Equal(3, exitCode);
        Assert.Equal($"Cannot start: {key} is \"{value}\"; allowed: {allowed}.", service.Errors.Trim());
        Assert.DoesNotContain("   at ", service.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
