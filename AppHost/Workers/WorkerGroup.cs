using Experiments.AppHost.Settings;

namespace Experiments.AppHost.Workers;

/// <summary>The parent of all workers in the Aspire dashboard; it has no process.</summary>
/// <param name="workers">In the order in which they are started; the last running one is stopped first.</param>
internal sealed class WorkerGroup(IReadOnlyList<ProjectResource> workers) : Resource(Names.Workers)
{
    public IReadOnlyList<ProjectResource> Workers { get; } = workers;
}
