using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;

namespace Experiments.Orchestrator.Runs.Inputs;

/// <summary>Files that runs were planned with.</summary>
/// <param name="Input">Data or weights.</param>
/// <param name="Path">The full path of the folder or file.</param>
/// <param name="Seen">What they were then.</param>
/// <param name="Look">Looks at them as they are now.</param>
public sealed record InputFiles(RunInput Input, string Path, SeenFiles Seen, Func<CancellationToken, (FileSet Files, string Stamp)> Look)
{
    /// <summary>
    /// Tells states of files apart: what is known of one is known of no other. The stamp alone does not, as files elsewhere may have the same names, sizes and
    /// times of change.
    /// </summary>
    public (RunInput Input, string Path, string Stamp) Key => (Input, Path, Seen.Stamp);

    /// <returns>Null where the runs do not use any of the kind, or it is not stored what they were.</returns>
    public static InputFiles? Of(RunInput input, RunInputs? inputs, Hyperparameters hyperparameters, DatasetSpec dataset) => input switch
    {
        RunInput.Data when inputs?.Data is { } data && dataset.Path is { } folder =>
            new InputFiles(input, System.IO.Path.GetFullPath(folder), data, cancellationToken => LookAt(dataset.Name, folder, cancellationToken)),
        RunInput.Weights when inputs?.Weights is { } weights =>
            new InputFiles(input, System.IO.Path.GetFullPath(hyperparameters.Pretrained), weights, _ => LookAt(hyperparameters.Pretrained)),
        _ => null,
    };

    private static (FileSet, string) LookAt(string dataset, string folder, CancellationToken cancellationToken)
    {
        DatasetFiles files = DatasetFiles.Look(dataset, folder, cancellationToken).Files;
        return (files.Used, files.Stamp);
    }

    private static (FileSet, string) LookAt(string file)
    {
        var files = FileSet.Look(file);
        return (files, files.Stamp([]));
    }
}
