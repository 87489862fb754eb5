using Experiments.Contracts.Sweeps;

namespace Experiments.Dashboard.Components.Pages.Launch.Starts;

/// <summary>An example of the folder <c>sweeps</c> to start a sweep from.</summary>
/// <param name="Name">The name of its file, without the ending.</param>
/// <param name="Summary">What it is about: the first sentence of the comment that begins the file.</param>
/// <param name="Note">What else that comment says of it; empty for nothing.</param>
/// <param name="Runs">How many runs it has as it stands.</param>
public sealed record SweepTemplate(string Name, string Summary, string Note, SweepSpec Spec, int Runs);
