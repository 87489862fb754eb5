namespace Experiments.Standalone.Commands;

/// <summary>Reports why the program was not started.</summary>
internal static class Refusal
{
    /// <summary>The exit code for a bad sweep file or command line; the others are in <see cref="ServiceDefaults.Startup.ExitCodes"/>.</summary>
    public const int ExitCode = 2;

    public static int Tell(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Console.Error.WriteLine(line);
        }

        return ExitCode;
    }
}
