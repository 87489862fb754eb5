using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Runs.Inputs;

/// <summary>Input files that runs were planned with.</summary>
/// <param name="Input">Data or weights.</param>
/// <param name="Path">The full path of the folder or file.</param>
/// <param name="Seen">Their state when the runs were planned.</param>
/// <param name="ReadState">Returns their current state.</param>
public sealed record InputFiles(RunInput Input, string Path, SeenFiles Seen, Func<CancellationToken, (FileSet Files, string Stamp)> ReadState)
{
    /// <summary>
    /// Identifies a state of the files: the stamp alone does not, because files elsewhere may have the same names, sizes and modification times.
    /// </summary>
    public (RunInput Input, string Path, string Stamp) Key => (Input, Path, Seen.Stamp);

    /// <returns>Null when the runs use no files of this kind, or their state was not stored.</returns>
    public static InputFiles? Of(RunInput input, RunInputs? inputs, Hyperparameters hyperparameters, DatasetSpec dataset) => input switch
    {
        RunInput.Data when inputs?.Data is { } data && dataset.Path is { } folder =>
            new InputFiles(input, System.IO.Path.GetFullPath(folder), data, cancellationToken => StateOf(dataset.Name, folder, cancellationToken)),
        RunInput.Weights when inputs?.Weights is { } weights =>
            new InputFiles(input, System.IO.Path.GetFullPath(hyperparameters.Pretrained), weights, _ => StateOf(hyperparameters.Pretrained)),
        _ => null,
    };

    private static (FileSet, string) StateOf(string dataset, string folder, CancellationToken cancellationToken)
    {
        DatasetFiles files = DatasetFiles.Look(dataset, folder, cancellationToken).Files;
        return (files.Used, files.Stamp);
    }

    private static (FileSet, string) StateOf(string file)
    {
        var files = FileSet.Look(file);
        return (files, files.Stamp([]));
    }
}
