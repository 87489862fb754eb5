using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.ServiceDefaults.Datasets;
using Experiments.ServiceDefaults.Files;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Inputs;

/// <summary>
/// Provides workers with the content digest of the input files that a run's key covers. Files are read once, by <see cref="InputReader"/> or when a worker asks,
/// and only while their metadata is the same as when the run was planned. Then their content is known, even after they change.
/// </summary>
public sealed class InputContents(
    IDbContextFactory<StateContext> contexts, StateWriter writer, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<InputContents> logger)
{
    /// <summary>How long an answer waits for the files to be read; shorter than the worker's timeout.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private static readonly InputContent Changed = new(null, "they also changed on the machine of the Orchestrator, before it had read them");

    private readonly Lock _gate = new();
    private readonly Dictionary<(RunInput Input, string Path, string Stamp), Task<InputContent>> _reading = [];

    /// <returns>An answer within seconds; without digest and problem while the files are being read.</returns>
    public async Task<InputContent> DescribeAsync(DescribeInput question, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await db.Runs.Where(run => run.Id == question.RunId).Select(run => new { run.Config, run.Inputs }).FirstOrDefaultAsync(cancellationToken);
        if (run is null)
        {
            return new InputContent(null, "the run no longer exists");
        }

        (Hyperparameters hyperparameters, DatasetSpec dataset) = RunConfig.FromJson(run.Config);
        if (InputFiles.Of(question.Input, InputsJson.Read(run.Inputs), hyperparameters, dataset) is not { } files)
        {
            return new InputContent(null, "their state when the run was planned is unknown");
        }

        Task<InputContent> learning = LearnAsync(files);
        await Task.WhenAny(learning, Task.Delay(AnswerTimeout, time, cancellationToken));
        return learning.IsCompleted ? await learning : new InputContent(null, null);
    }

    /// <summary>The content of the files: from the database, or else by reading them. Concurrent callers share one read.</summary>
    public Task<InputContent> LearnAsync(InputFiles files)
    {
        lock (_gate)
        {
            if (!_reading.TryGetValue(files.Key, out Task<InputContent>? reading))
            {
                // On a separate thread: hashing a data set takes minutes.
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
            (FileSet now, string before) = files.ReadState(stopping);
            if (before != files.Seen.Stamp)
            {
                return Changed;
            }

            logger.LogInformation("Reading {Path}, {Bytes} bytes, to compare its content with that of workers", files.Path, files.Seen.Bytes);
            string digest = now.ReadContent(stopping);
            return files.ReadState(stopping).Stamp == before ? new InputContent(digest, null) : Changed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ImageFolderException)
        {
            logger.LogInformation(exception, "Files that runs were planned with cannot be read");
            return new InputContent(null, $"they cannot be read on the machine of the Orchestrator: {exception.Message}");
        }
    }
}
