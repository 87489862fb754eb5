using System.Diagnostics;

namespace Experiments.GpuWorker.Tests;

/// <summary>Creates named pipes, whose readers wait for a writer.</summary>
internal static class NamedPipe
{
    /// <param name="path">Replaced if it exists.</param>
    public static async Task CreateAsync(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has named pipes in folders");
        File.Delete(path);
        using Process process = Process.Start("mkfifo", [path]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
