using System.ComponentModel;
using System.Diagnostics;

namespace Experiments.AppHost.Servers;

/// <summary>Docker or Podman. Checks that an engine answers: an installed command may have no running engine.</summary>
internal static class ContainerEngine
{
    /// <summary>The timeout of the check.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Both commands fail immediately when their engine cannot be reached.</summary>
    private static readonly string[][] Questions = [["docker", "version", "--format", "{{.Server.Version}}"], ["podman", "info", "--format", "{{.Version.Version}}"]];

    public static async Task<bool> AnswersAsync()
    {
        using var limit = new CancellationTokenSource(AnswerTimeout, TimeProvider.System);
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
            // The program is not installed.
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
