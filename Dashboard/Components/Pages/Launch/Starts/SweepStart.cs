using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Api;

namespace Experiments.Dashboard.Components.Pages.Launch.Starts;

/// <summary>The start of a new sweep.</summary>
/// <param name="Kind">For users: <c>example</c> or <c>sweep</c>.</param>
/// <param name="Href">The address of its page; null for none.</param>
/// <param name="Note">A further note.</param>
public sealed record SweepStart(string Kind, string Name, string? Href, string Note, SweepSpec Spec)
{
    /// <exception cref="StartException">There is no such start, or it cannot be read.</exception>
    public static async Task<SweepStart> LoadAsync(
        OrchestratorClient orchestrator, string? template, string? sweep, CancellationToken cancellationToken)
    {
        if (template is not null)
        {
            return SweepTemplates.Find(template) is { } found
                ? new SweepStart("example", found.Name, null, found.Note, found.Spec)
                : throw new StartException($"There is no example “{template}”; there are {string.Join(", ", SweepTemplates.All.Select(known => known.Name))}.");
        }

        return await LoadSweepAsync(orchestrator, sweep!, cancellationToken);
    }

    private static async Task<SweepStart> LoadSweepAsync(OrchestratorClient orchestrator, string id, CancellationToken cancellationToken)
    {
        try
        {
            SweepView view = await orchestrator.GetSweepAsync(id, cancellationToken);
            return SweepSpecReader.TryRead(view.Spec, out SweepSpec? spec, out _)
                ? new SweepStart("sweep", view.Name, $"sweeps/{view.Id}", "", spec)
                : throw new StartException($"“{view.Name}” was launched with another version and cannot be copied into the form.");
        }
        catch (OrchestratorException problem)
        {
            throw new StartException($"Sweep {id} could not be loaded: {problem.Message}");
        }
    }
}
