namespace Experiments.AppHost.Settings;

/// <summary>Access settings of published services. Workers and the Orchestrator share a random token.</summary>
internal sealed class PublishedAccess(IResourceBuilder<ParameterResource> workerToken)
{
    private const string Mode = "Access__Mode";
    private const string Tokens = "tokens";

    public void ApplyToOrchestrator(IResourceBuilder<ProjectResource> orchestrator) => ApplyTo(orchestrator)
        .WithEnvironment("Access__Tokens__worker__Secret", workerToken)
        .WithEnvironment("Access__Tokens__worker__Role", "worker");

    public IResourceBuilder<ProjectResource> ApplyToWorker(IResourceBuilder<ProjectResource> worker) =>
        ApplyTo(worker).WithEnvironment("Access__Token", workerToken);

    public static IResourceBuilder<ProjectResource> ApplyTo(IResourceBuilder<ProjectResource> service) => service.WithEnvironment(Mode, Tokens);
}

internal static class PublishedAccessRegistration
{
    /// <summary>Letters and digits.</summary>
    private const int TokenLength = 48;

    /// <summary>Null when the services are run on this machine, where they listen on loopback.</summary>
    public static PublishedAccess? AddPublishedAccess(this IDistributedApplicationBuilder builder) => builder.ExecutionContext.IsPublishMode
        ? new PublishedAccess(builder.AddParameter("worker-token", new GenerateParameterDefault { MinLength = TokenLength, Special = false }, secret: true))
        : null;
}
