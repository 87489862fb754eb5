using System.CommandLine;
using System.CommandLine.Parsing;
using Experiments.Contracts.Text;

namespace Experiments.Standalone.Commands;

/// <summary>Runs the whole system in this process, with or without a sweep to launch.</summary>
internal sealed class ServeCommand : RootCommand
{
    private const string About = """
        Runs Orchestrator, one worker and the dashboard in one process. The dashboard is at http://localhost:5080 (--urls or ASPNETCORE_URLS changes that).

        Any setting of the services can follow as --Section:Key=VALUE, such as --Worker:Threads=4.
        """;

    private readonly Argument<string?> _sweepFile = new("SWEEP.yaml")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Launch this sweep (YAML or JSON), or resume an unfinished one with the same content. "
            + "Relative paths in it (data set, weights) are taken from its folder.",
    };

    private readonly Option<bool> _exit = new("--exit")
    {
        Description = "End when the sweep ends: 0 if all runs completed, 1 if any did not, 2 on a bad sweep file",
    };

    private readonly ValueOption _data = new("--data", "DIR", "a folder")
    {
        Description = "Where database, artifacts and checkpoints are kept",
        DefaultValueFactory = _ => "data",
    };

    private readonly ValueOption _weights = new("--weights", "DIR", "a folder")
    {
        Description = "Published weights (such as resnet18-f37072fd.pth) are taken from here before they are downloaded",
    };

    private readonly ValueOption _urls = new("--urls", "ADDRESS", "an address, such as http://localhost:5090")
    {
        Description = "Where dashboard and API are, such as http://localhost:5090",
    };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Write the log to the terminal" };

    /// <param name="settings">Settings of the host, passed unchanged to <paramref name="run"/>.</param>
    /// <param name="run">Returns the exit code.</param>
    public ServeCommand(IReadOnlyList<string> settings, Func<ServeOptions, Task<int>> run)
        : base(About)
    {
        Add(_sweepFile);
        Add(_exit);
        Add(_data);
        Add(_weights);
        Add(_urls);
        Add(_verbose);
        _sweepFile.Validators.Add(RequireFile);
        Validators.Add(RequireSweepToExit);
        SetAction((result, _) => run(Bind(result, settings)));
    }

    private ServeOptions Bind(ParseResult result, IReadOnlyList<string> settings) => new(
        result.GetValue(_sweepFile),
        result.GetValue(_data)!,
        result.GetValue(_weights),
        result.GetValue(_exit),
        result.GetValue(_verbose),
        result.GetValue(_urls) is { } urls ? [.. settings, $"{_urls.Name}={urls}"] : settings);

    /// <summary>The parser treats an unknown option as the first argument.</summary>
    private void RequireFile(ArgumentResult result)
    {
        foreach (string given in result.Tokens.Select(token => token.Value).Where(value => value.StartsWith('-')))
        {
            result.AddError(HostSettings.IsName(given)
                ? $"{given} needs a value: {given}=VALUE."
                : $"Unknown argument: \"{given}\"{NearestName.Hint(given, [.. Options.Select(option => option.Name)])}");
        }
    }

    private void RequireSweepToExit(CommandResult result)
    {
        if (result.GetValue(_exit) && result.GetResult(_sweepFile) is not { Tokens.Count: > 0 })
        {
            result.AddError($"{_exit.Name} needs a sweep file: there is nothing to wait for.");
        }
    }
}
