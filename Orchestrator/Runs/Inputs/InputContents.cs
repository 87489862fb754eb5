using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Inputs;

/// <summary>
/// Tells workers what was in the files that a run's key stands for. They are read once, see <see cref="InputReader"/> or else when a worker asks, and only while
/// they still look as they did when the run was planned; what was in them is known from then on, also when they change.
/// </summary>
public sealed class InputContents(
    IDbContextFactory<StateContext> contexts, StateWriter writer, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<InputContents> logger)
{
    /// <summary>How long an answer waits for the files to be read: less than a worker waits for the answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly InputContent Changed = new(null, "they have changed where the Orchestrator runs, too, before it had read them");

    private readonly Lock _gate = new();
    private readonly Dictionary<(RunInput Input, string Path, string Stamp), Task<InputContent>> _reading = [];

    /// <returns>An answer within seconds; without digest and problem where the files are still being read.</returns>
    public async Task<InputContent> DescribeAsync(DescribeInput question, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await db.Runs.Where(run => run.Id == question.RunId).Select(run => new { run.Config, run.Inputs }).FirstOrDefaultAsync(cancellationToken);
        if (run is null)
        {
            return new InputContent(null, "the run is not there any more");
        }

        (Hyperparameters hyperparameters, DatasetSpec dataset) = RunConfig.FromJson(run.Config);
        if (InputFiles.Of(question.Input, InputsJson.Read(run.Inputs), hyperparameters, dataset) is not { } files)
        {
            return new InputContent(null, "it is not known what they were when the run was planned");
        }

        Task<InputContent> learning = LearnAsync(files);
        await Task.WhenAny(learning, Task.Delay(Patience, time, cancellationToken));
        return learning.IsCompleted ? await learning : new InputContent(null, null);
    }

    /// <summary>What was in the files: as it is known, or else by reading them. All who ask at a time see one reading.</summary>
    public Task<InputContent> LearnAsync(InputFiles files)
    {
        lock (_gate)
        {
            if (!_reading.TryGetValue(files.Key, out Task<InputContent>? reading))
            {
                // On a thread of its own: to hash a data set takes minutes.
                _reading[files.Key] = reading = Task.Factory
                    .StartNew(() => FindAsync(files), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                    .Unwrap();
            }

            return reading;
        }
    }

    private async Task<InputContent> FindAsync(InputFiles files)
    {
        CancellationToken stopping = lifetime.ApplicationStopping;
        try
        {
            await using StateContext db = await contexts.CreateDbContextAsync(stopping);
            if (await db.InputDigests.FindAsync([files.Input, files.Path, files.Seen.Stamp], stopping) is { } known)
            {
                return new InputContent(known.Digest, null);
            }

            InputContent content = Read(files, stopping);
            if (content.Digest is { } digest)
            {
                var kept = new InputDigest { Input = files.Input, Path = files.Path, Stamp = files.Seen.Stamp, Digest = digest };
                await writer.WriteAsync(unit => unit.Db.InputDigests.AddAsync(kept, unit.CancellationToken).AsTask(), stopping);
            }

            return content;
        }
        finally
        {
            lock (_gate)
            {
                _reading.Remove(files.Key);
            }
        }
    }

    private InputContent Read(InputFiles files, CancellationToken stopping)
    {
        try
        {
            (FileSet now, string before) = files.Look(stopping);
            if (before != files.Seen.Stamp)
            {
                return Changed;
            }

            logger.LogInformation("Reads what is in {Path}, {Bytes} bytes, to compare it with what workers have", files.Path, files.Seen.Bytes);
            string digest = now.ReadContent(stopping);
            return files.Look(stopping).Stamp == before ? new InputContent(digest, null) : Changed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ImageFolderException)
        {
            logger.LogInformation(exception, "Files that runs were planned with cannot be read");
            return new InputContent(null, $"they cannot be read where the Orchestrator runs: {exception.Message}");
        }
    }
}
