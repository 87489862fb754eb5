// Aspire marks commands that start a process as experimental.
#pragma warning disable ASPIREPROCESSCOMMAND001
using System.Globalization;
using System.Net.Http.Headers;
using Experiments.AppHost.Settings;

namespace Experiments.AppHost.Commands;

/// <summary>The Orchestrator's commands in the Aspire dashboard.</summary>
internal static class OrchestratorCommands
{
    public const string Launch = "launch-quickstart";
    public const string Backup = "backup";

    public static IResourceBuilder<ProjectResource> WithOrchestratorCommands(this IResourceBuilder<ProjectResource> orchestrator, AppHostSettings settings)
    {
        string appHost = orchestrator.ApplicationBuilder.AppHostDirectory;
        string sweep = Path.GetFullPath(Path.Combine(appHost, "..", "sweeps", "quickstart.yaml"));
        return orchestrator
            .WithHttpCommand("/api/sweeps", "Launch the quickstart sweep", commandName: Launch, commandOptions: new HttpCommandOptions
            {
                Description = "Launches sweeps/quickstart.yaml: 12 runs on handwritten digits.",
                IconName = "Play",
                IsHighlighted = true,
                PrepareRequest = async context => context.Request.Content = await ContentAsync(sweep, context.CancellationToken),
                GetCommandResult = CommandAnswer.OfAsync,
            })
            .WithProcessCommand(
                Backup,
                "Back up the databases",
                context => BackupProcess(orchestrator.Resource, settings),
                new ProcessCommandOptions
                {
                    Description = "Copies both databases to a new folder under backups in the storage folder, while the Orchestrator keeps running.",
                    IconName = "DatabaseArrowDown",
                    DisplayImmediately = true,
                });
    }

    private static async Task<StringContent> ContentAsync(string file, CancellationToken cancellationToken) =>
        new(await File.ReadAllTextAsync(file, cancellationToken), new MediaTypeHeaderValue("application/yaml"));

    /// <summary>The Orchestrator's own backup command, from the build that belongs to this AppHost.</summary>
    private static ProcessCommandSpec BackupProcess(ProjectResource orchestrator, AppHostSettings settings)
    {
        string project = orchestrator.GetProjectMetadata().ProjectPath;
        string time = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string target = Path.Combine(settings.StorageRoot, "backups", time);
        return new ProcessCommandSpec("dotnet")
        {
            Arguments = ["run", "--no-build", "-c", BuildConfiguration.Name, "--project", project, "--", Backup, target, $"--Storage:Root={settings.StorageRoot}"],
        };
    }
}
