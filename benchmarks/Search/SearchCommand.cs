using System.Globalization;

namespace Experiments.Benchmarks.Search;

/// <summary>Reads the command line of the search benchmark and runs it.</summary>
internal static class SearchCommand
{
    private const string Allowed = "functions [--seeds N] [--peer FILE], record FOLDER [--limit N] [--curves FILE] [--configurations N], replay [--curves FILE] [--seeds N] [--peer FILE]";

    /// <exception cref="ArgumentException">The command line is invalid.</exception>
    public static void Run(string[] arguments)
    {
        int named = arguments is ["record", ..] ? 2 : 1;
        if (arguments.Length < named)
        {
            throw NotUnderstood(arguments);
        }

        Dictionary<string, string> options = Options(arguments, named);
        int seeds = Number("--seeds", options, 50);
        string curves = options.GetValueOrDefault("--curves", Path.Combine("benchmarks", "Search", "curves.csv.gz"));
        string? peer = options.GetValueOrDefault("--peer");
        switch (arguments[0])
        {
            case "functions":
                new FunctionsBenchmark(seeds, peer).Run();
                break;
            case "record":
                new CurveRecorder(arguments[1], Number("--limit", options, 2000), curves).Record(Number("--configurations", options, int.MaxValue));
                break;
            case "replay":
                new CurvesBenchmark(CurveTable.Read(curves), seeds, peer).Run();
                break;
            default:
                throw NotUnderstood(arguments);
        }
    }

    private static Dictionary<string, string> Options(string[] arguments, int named)
    {
        var options = new Dictionary<string, string>();
        foreach (string[] pair in arguments.Skip(named).Chunk(2))
        {
            if (pair is not [("--seeds" or "--peer" or "--limit" or "--curves" or "--configurations") and var name, var value] || !options.TryAdd(name, value))
            {
                throw NotUnderstood(arguments);
            }
        }

        return options;
    }

    private static int Number(string name, Dictionary<string, string> options, int standard) =>
        !options.TryGetValue(name, out string? text) ? standard
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 ? number
        : throw new ArgumentException($"{name} is \"{text}\"; write a number from 1");

    private static ArgumentException NotUnderstood(string[] arguments) => new($"not understood: {string.Join(' ', arguments)}; allowed: {Allowed}");
}
