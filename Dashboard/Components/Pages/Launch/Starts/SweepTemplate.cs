using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Components.Pages.Launch.Starts;

/// <summary>An example of the folder <c>sweeps</c> to start a sweep from.</summary>
/// <param name="Name">The name of its file, without the ending.</param>
/// <param name="Summary">The first sentence of the comment at the top of the file.</param>
/// <param name="Note">The rest of that comment; may be empty.</param>
/// <param name="Runs">The number of its runs.</param>
public sealed record SweepTemplate(string Name, string Summary, string Note, SweepSpec Spec, int Runs);
