using System.Diagnostics;

namespace Experiments.TestServers;

/// <summary>A process owned by a test: its output is recorded, and it is killed with all its children.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>A limit for failing tests only: busy machines are slow.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly ProcessLog _log;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _readyText;

    private ServerProcess(ProcessStartInfo start, string readyText, ProcessLog log)
    {
        _readyText = readyText;
        _log = log;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"{start.FileName} ended before it was ready"));
    }

    /// <summary>Returns once a line of the output contains <paramref name="readyText"/>.</summary>
    /// <param name="log">Receives the output.</param>
    public static async Task<ServerProcess> StartAsync(ProcessStartInfo start, string readyText, ProcessLog log)
    {
        var server = new ServerProcess(start, readyText, log);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            await server._ready.Task.WaitAsync(StartLimit);
            return server;
        }
        catch (Exception exception)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"{start.FileName} did not come up. Its output:\n{log.Text}", exception);
        }
    }

    /// <summary>Kills it without a chance to tidy up, as a power cut would.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        try
        {
            await _process.WaitForExitAsync().WaitAsync(EndLimit);
        }
        catch (TimeoutException)
        {
            // It has ended, but a daemon that it started keeps its output open.
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        _log.Add(line);
        if (line?.Contains(_readyText, StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult();
        }
    }
}
