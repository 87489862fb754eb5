using Experiments.ServiceDefaults.Startup;
using Experiments.Standalone;
using Experiments.Standalone.Commands;

(string[] settings, string[] others) = HostSettings.Split(args);
return await CommandRunner.RunAsync(new ServeCommand(settings, ServeAsync), others);

static async Task<int> ServeAsync(ServeOptions options)
{
    SweepFile? sweepFile = null;
    if (options.SweepFile is { } path && (sweepFile = SweepFile.Read(path, out IReadOnlyList<string> problems)) is null)
    {
        return Refusal.Tell(problems);
    }

    SweepSession? session = null;
    int exitCode = await ServiceRunner.RunAsync(() =>
    {
        WebApplication app = StandaloneHosting.Build(options, sweepFile);
        session = app.Services.GetService<SweepSession>();
        return app;
    });
    return exitCode == ExitCodes.Stopped && session is not null ? session.ExitCode : exitCode;
}
