using Experiments.Contracts.Grids;
using Experiments.ServiceDefaults.Datasets;

namespace Experiments.Orchestrator.Datasets;

/// <summary>What was found of a data set before anything is stored.</summary>
/// <param name="Problem">What makes it impossible to train on; null when nothing does.</param>
/// <param name="ClassFolders">How its class folders were read; null where it has none, or a problem.</param>
public sealed record DatasetLook(string? Problem, ImageFolder? ClassFolders = null)
{
    private const string Path = "dataset.path";

    /// <summary>What of the folder is probably not meant: it is about no cell more than about another.</summary>
    public IReadOnlyList<SweepWarning> Warnings =>
        [.. (ClassFolders?.Reading.Notes ?? []).Where(note => note.IsWarning).Select(note => new SweepWarning(Path, note.Text, []))];
}
