using System.Threading.Channels;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Runs.Inputs;

/// <summary>
/// Reads the files that a sweep was planned with in the background, so that a copy of them, or the same files put back, are known by their contents later. One
/// set at a time, and not those that take long: these are read when a worker asks.
/// </summary>
public sealed class InputReader(InputContents contents, ILogger<InputReader> logger) : BackgroundService
{
    /// <summary>Seconds of reading, of what the workers read as well.</summary>
    private const long MostBytes = 2L << 30;

    private readonly Channel<InputFiles> _wanted = Channel.CreateUnbounded<InputFiles>();

    /// <summary>Returns at once.</summary>
    public void Want(DatasetSpec dataset, IEnumerable<(RunInputs Inputs, Hyperparameters Hyperparameters)> runs)
    {
        IEnumerable<InputFiles> all = runs.SelectMany(run => Enum.GetValues<RunInput>().Select(input => InputFiles.Of(input, run.Inputs, run.Hyperparameters, dataset))).OfType<InputFiles>();
        foreach (InputFiles files in all.DistinctBy(files => files.Seen.Stamp).Where(files => files.Seen.Bytes <= MostBytes))
        {
            _wanted.Writer.TryWrite(files);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (InputFiles files in _wanted.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await contents.LearnAsync(files);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "What is in the files of a sweep could not be kept; they are read again when a worker asks");
            }
        }
    }
}
