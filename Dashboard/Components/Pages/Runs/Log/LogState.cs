using Experiments.Dashboard.Api;

namespace Experiments.Dashboard.Components.Pages.Runs.Log;

/// <summary>The search of a log, as in the address. Null for no restriction.</summary>
/// <param name="Attempt">Only lines of this attempt.</param>
/// <param name="Level">Only lines of at least this level.</param>
/// <param name="Search">Only lines that contain this.</param>
public sealed record LogState(string? Attempt, string? Level, string? Search)
{
    public bool IsNarrowed => Attempt is not null || Level is not null || Search is not null;

    public RunLogQuery Newest => new(Attempt, Level, Search);

    public RunLogQuery Before(string place) => Newest with { Before = place };

    public RunLogQuery After(string place) => Newest with { After = place };
}
