using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Storage;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Inputs;

/// <summary>
/// Tells workers what was in the files that a run's key stands for. They are read when a worker asks, once, and only while they still look as they did when the
/// run was planned; what was in them is known from then on, also when they change.
/// </summary>
public sealed class InputContents(
    IDbContextFactory<StateContext> contexts, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<InputContents> logger)
{
    /// <summary>How long an answer waits for the files to be read: less than a worker waits for the answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<InputContent>> _known = [];

    public async Task<InputContent> DescribeAsync(DescribeInput question, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await db.Runs.Where(run => run.Id == question.RunId).Select(run => new { run.Config, run.Inputs }).FirstOrDefaultAsync(cancellationToken);
        if (run is null)
        {
            return new InputContent(null, "the run is not there any more");
        }

        (Hyperparameters hyperparameters, DatasetSpec dataset) = RunConfig.FromJson(run.Config);
        RunInputs? inputs = InputsJson.Read(run.Inputs);
        return question.Input == RunInput.Data && inputs?.Data is { } data && dataset.Path is { } folder
            ? await DescribeAsync(data, () => LookAt(dataset.Name, folder), cancellationToken)
            : question.Input == RunInput.Weights && inputs?.Weights is { } weights
            ? await DescribeAsync(weights, () => LookAt(hyperparameters.Pretrained), cancellationToken)
            : new InputContent(null, "it is not known what they were when the run was planned");
    }

    private static (FileSet, string) LookAt(string file)
    {
        var files = FileSet.Look(file);
        return (files, files.Stamp([]));
    }

    private (FileSet, string) LookAt(string dataset, string folder)
    {
        DatasetFiles files = DatasetFiles.Look(dataset, folder, lifetime.ApplicationStopping).Files;
        return (files.Used, files.Stamp);
    }

    private async Task<InputContent> DescribeAsync(SeenFiles original, Func<(FileSet Files, string Stamp)> look, CancellationToken cancellationToken)
    {
        Task<InputContent> reading;
        lock (_gate)
        {
            if (!_known.TryGetValue(original.Stamp, out Task<InputContent>? known))
            {
                _known[original.Stamp] = known = Task.Run(() => Read(original, look), lifetime.ApplicationStopping);
            }

            reading = known;
        }

        await Task.WhenAny(reading, Task.Delay(Patience, time, cancellationToken));
        if (!reading.IsCompleted)
        {
            return new InputContent(null, null);
        }

        InputContent content = await reading;
        if (content.Digest is null)
        {
            // The files may be put back.
            Forget(original.Stamp, reading);
        }

        return content;
    }

    private void Forget(string stamp, Task<InputContent> reading)
    {
        lock (_gate)
        {
            if (_known.GetValueOrDefault(stamp) == reading)
            {
                _known.Remove(stamp);
            }
        }
    }

    private InputContent Read(SeenFiles original, Func<(FileSet Files, string Stamp)> look)
    {
        try
        {
            (FileSet files, string before) = look();
            if (before != original.Stamp)
            {
                return Changed;
            }

            string digest = files.ReadContent(lifetime.ApplicationStopping);
            return look().Stamp == before ? new InputContent(digest, null) : Changed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ImageFolderException)
        {
            logger.LogWarning(exception, "Files that a run was planned with cannot be read");
            return new InputContent(null, $"they cannot be read where the Orchestrator runs: {exception.Message}");
        }
    }

    private static InputContent Changed => new(null, "they have changed where the Orchestrator runs, too");
}
