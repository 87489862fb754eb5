using System.Diagnostics;
using Experiments.TestServers;

namespace Experiments.AppHost.Tests.Deploy;

public sealed class SchemaTests
{
    private static readonly string Check = Path.Combine(SettingsTable.Repository(), "deploy", "check");

    [Fact]
    public async Task Files_OfDeploy_AreValidByThePublishedSchemas()
    {
        (int installed, string log) = await RunAsync("npm", "ci", "--silent", "--no-audit", "--no-fund");
        Assert.True(installed == 0, $"npm ci ended with {installed}:\n{log}");

        (_, string problems) = await RunAsync("node", "check.mjs");

        Assert.Equal("", problems);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(ServerProgram.Find(program), arguments) { WorkingDirectory = Check, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
