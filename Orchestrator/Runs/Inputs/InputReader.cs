using System.Threading.Channels;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Inputs;

/// <summary>
/// Reads the files that a sweep was planned with in the background, so that a copy of them, or the same files put back, are known by their contents later. One
/// set at a time, and not those that take long: these are read when a worker asks. What an earlier process did not come to is read after the start.
/// </summary>
public sealed class InputReader(IDbContextFactory<StateContext> contexts, InputContents contents, ILogger<InputReader> logger) : BackgroundService
{
    /// <summary>Seconds of reading, of what the workers read as well.</summary>
    private const long MostBytes = 2L << 30;

    private readonly Channel<InputFiles> _wanted = Channel.CreateUnbounded<InputFiles>();

    /// <summary>Returns at once.</summary>
    public void Want(DatasetSpec dataset, IEnumerable<(RunInputs Inputs, Hyperparameters Hyperparameters)> runs)
    {
        foreach (InputFiles files in runs.SelectMany(run => WorthReading(run.Inputs, run.Hyperparameters, dataset)).DistinctBy(files => files.Key))
        {
            _wanted.Writer.TryWrite(files);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await WantUnendedAsync(stoppingToken);
        await foreach (InputFiles files in _wanted.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await contents.LearnAsync(files).WaitAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "What is in the files of a sweep could not be kept; they are read again when a worker asks");
            }
        }
    }

    private static IEnumerable<InputFiles> WorthReading(RunInputs? inputs, Hyperparameters hyperparameters, DatasetSpec dataset) =>
        Enum.GetValues<RunInput>().Select(input => InputFiles.Of(input, inputs, hyperparameters, dataset)).OfType<InputFiles>().Where(files => files.Seen.Bytes <= MostBytes);

    /// <summary>Files of runs that have not ended; those whose content is known are not read again.</summary>
    private async Task WantUnendedAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using StateContext db = await contexts.CreateDbContextAsync(stoppingToken);
            var unended = db.Runs
                .Where(run => run.Inputs != null && (run.Status == RunStatus.Pending || run.Status == RunStatus.Queued || run.Status == RunStatus.Running))
                .Select(run => new { run.Config, run.Inputs })
                .AsAsyncEnumerable();
            var found = new HashSet<(RunInput, string, string)>();
            await foreach (var run in unended.WithCancellation(stoppingToken))
            {
                (Hyperparameters hyperparameters, DatasetSpec dataset) = RunConfig.FromJson(run.Config);
                foreach (InputFiles files in WorthReading(InputsJson.Read(run.Inputs), hyperparameters, dataset).Where(files => found.Add(files.Key)))
                {
                    _wanted.Writer.TryWrite(files);
                }
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning(exception, "Which files of runs are yet to be read could not be found; they are read when a worker asks");
        }
    }
}
