using System.ComponentModel;
using System.Diagnostics;

namespace Experiments.AppHost.Servers;

/// <summary>Docker or Podman. A command that is installed says nothing yet: its engine may not run.</summary>
internal static class ContainerEngine
{
    /// <summary>An engine that takes longer is of no use now.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Both fail at once when their engine cannot be reached.</summary>
    private static readonly string[][] Questions = [["docker", "version", "--format", "{{.Server.Version}}"], ["podman", "info", "--format", "{{.Version.Version}}"]];

    public static async Task<bool> AnswersAsync()
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        bool[] answers = await Task.WhenAll(Questions.Select(question => SucceedsAsync(question, limit.Token)));
        return answers.Contains(true);
    }

    private static async Task<bool> SucceedsAsync(string[] command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }

        using (process)
        {
            try
            {
                await process.WaitForExitAsync(cancellationToken);
                return process.ExitCode == 0;
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return false;
            }
        }
    }
}
