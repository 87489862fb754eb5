using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Api.Sweeps;

/// <summary>How a sweep is launched.</summary>
internal sealed class LaunchParameters : QueryParameters
{
    /// <summary>Whether an unfinished sweep of the same content, if there is one, is answered (200) instead of launching another.</summary>
    public bool Continue { get; init; }
}
