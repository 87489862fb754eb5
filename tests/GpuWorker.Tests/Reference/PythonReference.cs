using System.Diagnostics;

namespace Experiments.GpuWorker.Tests.Reference;

/// <summary>
/// Runs a script of this folder with the system's Python, which has PyTorch, torchvision and scikit-learn from the distribution: an
/// independent implementation to compare with.
/// </summary>
internal static class PythonReference
{
    private const string Interpreter = "/usr/bin/python3";

    /// <param name="script">A file of this folder, such as <c>torchvision_model.py</c>.</param>
    /// <returns>What it printed.</returns>
    public static string Run(string script, params IEnumerable<string> arguments)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Reference", script);
        var start = new ProcessStartInfo(Interpreter, [path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{script} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
        return output;
    }
}
