using Experiments.Contracts.Grids;
using Experiments.ServiceDefaults.Datasets;

namespace Experiments.Orchestrator.Datasets;

/// <summary>The result of inspecting a data set before a sweep is stored.</summary>
/// <param name="Problem">What makes training on it impossible; null when nothing does.</param>
/// <param name="ClassFolders">Its class folders; null when it has none, or a problem.</param>
public sealed record ProbedDataset(string? Problem, ImageFolder? ClassFolders = null)
{
    private const string Path = "dataset.path";

    /// <summary>Warnings about the folder as a whole, rather than about single cells.</summary>
    public IReadOnlyList<SweepWarning> Warnings =>
        [.. (ClassFolders?.Reading.Notes ?? []).Where(note => note.IsWarning).Select(note => new SweepWarning(Path, note.Text, []))];
}
