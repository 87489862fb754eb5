namespace Experiments.Standalone;

/// <summary>What was asked for on the command line.</summary>
/// <param name="SweepFile">The sweep to launch; null to serve only.</param>
/// <param name="Data">The folder for database, artifacts and checkpoints.</param>
/// <param name="Weights">A folder with published weights; null for none.</param>
/// <param name="Exit">End the process when the sweep ends.</param>
/// <param name="Verbose">Write the log to the terminal too.</param>
/// <param name="Rest">Settings for the host, such as <c>--Worker:Threads=4</c>.</param>
internal sealed record CommandLine(string? SweepFile, string Data, string? Weights, bool Exit, bool Verbose, string[] Rest)
{
    public const string Usage = """
        Usage: Standalone [SWEEP.yaml] [--exit] [--data DIR] [--weights DIR] [--urls ADDRESS] [--verbose] [--Section:Key=VALUE …]

          SWEEP.yaml   launch this sweep (YAML or JSON), or resume an unfinished one with the same content;
                       relative paths in it (data set, weights) are taken from its folder
          --exit       end when the sweep ends: 0 if all runs completed, 1 if any did not, 2 on a bad sweep file
          --data DIR   where database, artifacts and checkpoints are kept (default ./data)
          --weights DIR
                       published weights (such as resnet18-f37072fd.pth) are taken from here before they are downloaded
          --urls ADDRESS
                       where dashboard and API are, such as http://localhost:5090
          --verbose    write the log to the terminal
          --help       this text

        The dashboard is at http://localhost:5080 (--urls or ASPNETCORE_URLS changes that).
        """;

    private const string UrlsArgument = "--urls";

    /// <summary>Null, and a message, when the arguments make no sense.</summary>
    public static CommandLine? Parse(IReadOnlyList<string> args, out string problem)
    {
        problem = "";
        string? sweepFile = null;
        string? data = null;
        string? weights = null;
        var rest = new List<string>();
        bool exit = false, verbose = false;
        for (int i = 0; i < args.Count; i++)
        {
            string arg = args[i];
            switch (arg)
            {
                case "--exit":
                    exit = true;
                    break;
                case "--verbose":
                    verbose = true;
                    break;
                case "--data" when i + 1 < args.Count:
                    data = args[++i];
                    break;
                case var _ when arg.StartsWith("--data=", StringComparison.Ordinal):
                    data = arg["--data=".Length..];
                    break;
                case "--weights" when i + 1 < args.Count:
                    weights = args[++i];
                    break;
                case var _ when arg.StartsWith("--weights=", StringComparison.Ordinal):
                    weights = arg["--weights=".Length..];
                    break;
                case UrlsArgument when i + 1 < args.Count:
                    rest.Add($"{UrlsArgument}={args[++i]}");
                    break;
                case var _ when IsSetting(arg):
                    rest.Add(arg);
                    break;
                case var _ when !arg.StartsWith('-') && sweepFile is null:
                    sweepFile = arg;
                    break;
                default:
                    problem = arg switch
                    {
                        "--data" or "--weights" => $"{arg} needs a folder.",
                        UrlsArgument => $"{arg} needs an address, such as http://localhost:5090.",
                        _ when arg.StartsWith("--", StringComparison.Ordinal) && arg.Contains(':', StringComparison.Ordinal) => $"{arg} needs a value: {arg}=VALUE.",
                        _ => $"Unknown argument: \"{arg}\".",
                    };
                    return null;
            }
        }

        if (exit && sweepFile is null)
        {
            problem = "--exit needs a sweep file: there is nothing to wait for.";
            return null;
        }

        if (data is "" || weights is "")
        {
            problem = $"{(data is "" ? "--data" : "--weights")} needs a folder.";
            return null;
        }

        return new CommandLine(sweepFile, data ?? "data", weights, exit, verbose, [.. rest]);
    }

    private static bool IsSetting(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal) && arg.Contains('=', StringComparison.Ordinal)
        && (arg.Contains(':', StringComparison.Ordinal) || arg.StartsWith(UrlsArgument + "=", StringComparison.Ordinal));
}
