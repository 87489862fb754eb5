using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Artifacts.Space;

/// <summary>
/// How many bytes the artifacts take: a running total. Workers may write to the folder themselves, so an attempt is measured anew when something is heard
/// of it, and all of them rarely.
/// </summary>
public sealed class ArtifactUsage(ArtifactFolder folder, ILogger<ArtifactUsage> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string RunId, int Attempt), long> _byAttempt = [];
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Looks how much an attempt takes now. Where that cannot be seen, the figure stays what it was, which is logged.</summary>
    public void Measure(string runId, int attempt)
    {
        try
        {
            MeasureNow(runId, attempt);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(exception, "What attempt {Attempt} of run {RunId} takes on the disk could not be measured", attempt, runId);
        }
    }

    /// <summary>Of each run that has files, as last measured.</summary>
    public IReadOnlyDictionary<string, long> ByRun()
    {
        lock (_gate)
        {
            return _byAttempt.GroupBy(attempt => attempt.Key.RunId, attempt => attempt.Value).ToDictionary(run => run.Key, run => run.Sum());
        }
    }

    /// <summary>Of these runs together, as last measured.</summary>
    public long BytesOf(IReadOnlyCollection<string> runIds)
    {
        HashSet<string> ids = [.. runIds];
        lock (_gate)
        {
            return _byAttempt.Where(attempt => ids.Contains(attempt.Key.RunId)).Sum(attempt => attempt.Value);
        }
    }

    /// <summary>Looks at everything.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    internal void MeasureAll(CancellationToken cancellationToken)
    {
        (string RunId, int Attempt)[] known;
        lock (_gate)
        {
            known = [.. _byAttempt.Keys];
        }

        foreach ((string runId, int attempt) in folder.Runs().SelectMany(run => folder.AttemptsOf(run), (run, attempt) => (run, attempt)).Union(known))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Measure(runId, attempt);
        }
    }

    private void MeasureNow(string runId, int attempt)
    {
        // Measured inside, so that an older figure never replaces a newer one.
        lock (_gate)
        {
            long now = SizeOf(folder.AttemptFolder(runId, attempt));
            _bytes += now - _byAttempt.GetValueOrDefault((runId, attempt));
            if (now > 0)
            {
                _byAttempt[(runId, attempt)] = now;
            }
            else
            {
                _byAttempt.Remove((runId, attempt));
            }
        }
    }

    private static long SizeOf(string path)
    {
        var folder = new DirectoryInfo(path);
        try
        {
            return folder.Exists ? folder.EnumerateFiles().Sum(LengthOf) : 0;
        }
        catch (DirectoryNotFoundException)
        {
            // Removed in this moment.
            return 0;
        }
    }

    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            // Renamed or removed since it was listed.
            return 0;
        }
    }
}
