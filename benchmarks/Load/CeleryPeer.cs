using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.Benchmarks.Load;

/// <summary>
/// The same load through Celery: a worker of the application in PROGRAM, then <c>PROGRAM N</c>, which sends N tasks, waits for all results and prints
/// "done X/s". Broker and results are those of the system under load.
/// </summary>
internal static partial class CeleryPeer
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Celery names the tasks of a main module by its application, and the worker has to register them under the same name.</summary>
    private const string Worker = "import runpy, sys; runpy.run_path(sys.argv[1], run_name='peer')['app'].worker_main(sys.argv[2:])";

    /// <returns>Tasks per second, from sending the first to the last result.</returns>
    public static async Task<double> MeasureAsync(LoadSystem system, string program, int tasks, int processes)
    {
        string path = Path.GetFullPath(program);
        var environment = new Dictionary<string, string>
        {
            ["CELERY_BROKER_URL"] = $"{system.RabbitMq.ConnectionString}//",
            ["CELERY_RESULT_BACKEND"] = $"redis://{system.Redis.ConnectionString}/0",
            ["PYTHONPATH"] = Path.GetDirectoryName(path)!,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };
        string log = Path.Combine(Path.GetTempPath(), $"celery-{Environment.ProcessId}.log");
        string[] arguments =
        [
            "-c", Worker, path, "worker", "-c", processes.ToString(CultureInfo.InvariantCulture), "-P", "prefork", "--prefetch-multiplier=32", "-l", "warning",
        ];
        await using ChildProcess worker = ChildProcess.Start(Python, arguments, environment, log);
        await SendAsync(path, environment, NoopBenchmark.WarmUp);
        double rate = await SendAsync(path, environment, tasks);
        File.Delete(log);
        return rate;
    }

    private static async Task<double> SendAsync(string path, Dictionary<string, string> environment, int tasks)
    {
        var start = new ProcessStartInfo(Python, [path, tasks.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Match done = Done().Match(output);
        return done.Success
            ? double.Parse(done.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{path} ended with {process.ExitCode} and printed no rate: {output}");
    }

    [GeneratedRegex("done ([0-9.]+)/s")]
    private static partial Regex Done();
}
