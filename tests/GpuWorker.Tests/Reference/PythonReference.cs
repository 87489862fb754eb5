using System.Diagnostics;
using System.Text.Json;
using Experiments.Contracts;

namespace Experiments.GpuWorker.Tests.Reference;

/// <summary>
/// Runs a script of this folder with the system's Python, which has PyTorch, torchvision and scikit-learn from the distribution: an
/// independent reference implementation. One process imports them once and forks for each script.
/// </summary>
internal static class PythonReference
{
    private const string Interpreter = "/usr/bin/python3";
    private static readonly Lock Turn = new();
    private static Process? _server;

    /// <param name="script">A file of this folder, such as <c>torchvision_model.py</c>.</param>
    /// <returns>What it printed.</returns>
    public static string Run(string script, params IEnumerable<string> arguments)
    {
        Answer answer;
        lock (Turn)
        {
            _server ??= Start();
            _server.StandardInput.WriteLine(JsonSerializer.Serialize(new Request(script, [.. arguments]), ContractJson.Options));
            string? line = _server.StandardOutput.ReadLine();
            if (line is null)
            {
                // The next script gets a new one.
                _server.Dispose();
                _server = null;
                throw new InvalidOperationException($"Python ended at {script}; the standard error of the tests says why");
            }

            answer = JsonSerializer.Deserialize<Answer>(line, ContractJson.Options)!;
        }

        Assert.True(answer.Code == 0, $"{script} ended with {answer.Code}: {answer.Errors}");
        return answer.Output;
    }

    /// <summary>It ends with its input, when this process ends.</summary>
    private static Process Start()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Reference", "serve.py");
        Process server = Process.Start(new ProcessStartInfo(Interpreter, [path]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        server.StandardInput.AutoFlush = true;
        return server;
    }

    private sealed record Request(string Script, IReadOnlyList<string> Arguments);

    private sealed record Answer(int Code, string Output, string Errors);
}
