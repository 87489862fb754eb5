using System.Globalization;
using Experiments.AppHost.Commands;
using Experiments.AppHost.Settings;

namespace Experiments.AppHost.Workers;

/// <summary>Adds the workers: those of the GPUs, those of the CPU, and spare ones that are started on demand.</summary>
internal static class WorkerRegistration
{
    /// <param name="configure">Configures what all workers share; receives the worker and its name.</param>
    public static void AddWorkers(
        this IDistributedApplicationBuilder builder, AppHostSettings settings, Action<IResourceBuilder<ProjectResource>, string> configure)
    {
        List<IResourceBuilder<ProjectResource>> workers = [];
        foreach (WorkerPlace place in WorkerPlace.All(settings))
        {
            IResourceBuilder<ProjectResource> worker = builder
                .AddProject<Projects.GpuWorker>(place.Name, launchProfileName: null)
                .WithEnvironment("Worker__Id", place.Name)
                .WithEnvironment("Worker__Device", place.Device)
                .WithEnvironment("CUDA_VISIBLE_DEVICES", place.VisibleGpu);
            if (place.Threads is { } threads)
            {
                worker.WithEnvironment("Worker__Threads", threads.ToString(CultureInfo.InvariantCulture));
            }

            if (place.IsSpare)
            {
                worker.WithExplicitStart();
            }

            configure(worker, place.Name);
            workers.Add(worker);
        }

        if (builder.ExecutionContext.IsRunMode)
        {
            AddGroup(builder, workers);
        }
    }

    private static void AddGroup(IDistributedApplicationBuilder builder, List<IResourceBuilder<ProjectResource>> workers)
    {
        IResourceBuilder<WorkerGroup> group = builder
            .AddResource(new WorkerGroup([.. workers.Select(worker => worker.Resource)]))
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "Workers",
                State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
                Properties = [],
            })
            .WithIconName("Server")
            .WithScalingCommands()
            .ExcludeFromManifest();
        foreach (IResourceBuilder<ProjectResource> worker in workers)
        {
            worker.WithParentRelationship(group);
        }
    }
}
