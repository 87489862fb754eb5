using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.TestServers;

namespace Experiments.TestSystem.Processes;

/// <summary>One of our programs as a separate process.</summary>
public sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly SystemOptions _options;
    private readonly ProcessLog _output = new();
    private readonly ProcessLog _errors = new();
    private readonly ProcessLog? _log;

    private ServiceProcess(string project, ProcessStartInfo start, SystemOptions options, ProcessLog? log)
    {
        Project = project;
        _options = options;
        _log = log;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
    }

    public string Project { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output => _output.Text;

    public string Errors => _errors.Text;

    /// <param name="project">The name of a project in the solution.</param>
    /// <param name="settings">Environment variables, in the form <c>Section__Key</c>.</param>
    /// <param name="log">Receives standard output and standard error; null for none.</param>
    public static ServiceProcess Start(
        string project, IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> arguments, SystemOptions options, ProcessLog? log = null)
    {
        var start = new ProcessStartInfo("dotnet", [ServiceProgram.Of(project), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = ServiceProgram.Repository,
        };
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        var service = new ServiceProcess(project, start, options, log);
        service._process.Start();
        log?.Add($"--- process {service.Id}");
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    /// <summary>Kills it without a chance to clean up.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Sends SIGTERM and returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync(StopLimit);
    }

    /// <summary>Suspends it, like a laptop with a closed lid.</summary>
    public Task SuspendAsync() => SignalAsync("STOP");

    /// <summary>Resumes it.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>Waits for it to exit.</summary>
    /// <exception cref="TimeoutException">It did not end in time; the message contains its output.</exception>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        try
        {
            await _process.WaitForExitAsync(_options.Cancellation).WaitAsync(limit, _options.Cancellation);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Project} did not end within {limit}. It wrote:\n{Output}\n{Errors}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _options.Ended?.Invoke(this);
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(_options.Cancellation);
    }

    private void Keep(ProcessLog log, string? line)
    {
        string? text = line is null ? null : ColourCodes().Replace(line, "");
        log.Add(text);
        _log?.Add(text);
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex ColourCodes();
}
