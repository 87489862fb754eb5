using Experiments.ServiceDefaults;
using Experiments.Standalone;

if (args is ["--help" or "-h" or "-?"])
{
    Console.WriteLine(CommandLine.Usage);
    return ExitCodes.Stopped;
}

if (CommandLine.Parse(args, out string problem) is not { } commandLine)
{
    return Refusal.Tell([problem, "", CommandLine.Usage]);
}

SweepFile? sweepFile = null;
if (commandLine.SweepFile is { } path && (sweepFile = SweepFile.Read(path, out IReadOnlyList<string> problems)) is null)
{
    return Refusal.Tell(problems);
}

WebApplication app = StandaloneHosting.Build(commandLine, sweepFile);
SweepSession? session = app.Services.GetService<SweepSession>();
int exitCode = await app.RunServiceAsync();
return exitCode == ExitCodes.Stopped && session is not null ? session.ExitCode : exitCode;
