namespace Experiments.AppHost.Commands;

/// <summary>The workers' commands in the Aspire dashboard, besides start and stop.</summary>
internal static class WorkerCommands
{
    public const string Drain = "drain";
    public const string Readmit = "readmit";

    /// <param name="id">The worker's id.</param>
    public static IResourceBuilder<ProjectResource> WithWorkerCommands(
        this IResourceBuilder<ProjectResource> worker, string id, IResourceBuilder<ProjectResource> orchestrator) => worker
        .WithCommandOf(orchestrator, id, Drain, "Drain", "Finishes the run that it has, and takes no other.", "DrinkToGo")
        .WithCommandOf(orchestrator, id, Readmit, "Readmit", "Takes runs again, after it was drained or set aside.", "ArrowEnter");

    private static IResourceBuilder<ProjectResource> WithCommandOf(
        this IResourceBuilder<ProjectResource> worker, IResourceBuilder<ProjectResource> orchestrator, string id, string command, string title, string description, string icon) =>
        worker.WithHttpCommand(
            $"/api/workers/{id}/{command}",
            title,
            () => orchestrator.GetEndpoint("http"),
            command,
            new HttpCommandOptions { Description = description, IconName = icon, GetCommandResult = CommandAnswer.OfAsync });
}
