using Experiments.ServiceDefaults.Startup;
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

SweepSession? session = null;
int exitCode = await ServiceRunner.RunAsync(() =>
{
    WebApplication app = StandaloneHosting.Build(commandLine, sweepFile);
    session = app.Services.GetService<SweepSession>();
    return app;
});
return exitCode == ExitCodes.Stopped && session is not null ? session.ExitCode : exitCode;
