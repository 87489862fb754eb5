using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Artifacts.Space;

/// <summary>
/// The size of all artifacts in bytes, as a running total. Workers may write to the folder themselves, so an attempt is measured again whenever it
/// reports, and all attempts are measured at long intervals.
/// </summary>
public sealed class ArtifactUsage(ArtifactFolder folder, ILogger<ArtifactUsage> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string RunId, int Attempt), long> _byAttempt = [];
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Measures an attempt. If that fails, the previous figure is kept and the failure is logged.</summary>
    public void Measure(string runId, int attempt)
    {
        try
        {
            MeasureNow(runId, attempt);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(exception, "The disk usage of attempt {Attempt} of run {RunId} could not be measured", attempt, runId);
        }
    }

    /// <summary>The size of each run that has files, as last measured.</summary>
    public IReadOnlyDictionary<string, long> ByRun()
    {
        lock (_gate)
        {
            return _byAttempt.GroupBy(attempt => attempt.Key.RunId, attempt => attempt.Value).ToDictionary(run => run.Key, run => run.Sum());
        }
    }

    /// <summary>The total size of these runs, as last measured.</summary>
    public long BytesOf(IReadOnlyCollection<string> runIds)
    {
        HashSet<string> ids = [.. runIds];
        lock (_gate)
        {
            return _byAttempt.Where(attempt => ids.Contains(attempt.Key.RunId)).Sum(attempt => attempt.Value);
        }
    }

    /// <summary>Measures all attempts.</summary>
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
        // Measured inside the lock, so that an older figure never replaces a newer one.
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
            // Removed while it was measured.
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
