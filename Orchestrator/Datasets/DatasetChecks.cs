using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Datasets;

/// <summary>
/// Has workers check every image of a data set, segment by segment. All callers that ask about a folder share one check, and its result is kept for a
/// while. The number of running checks and of kept results is bounded.
/// </summary>
public sealed class DatasetChecks(DatasetRequests requests, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<DatasetChecks> logger) : IDisposable
{
    /// <summary>Checks that run at the same time; they take turns.</summary>
    public const int MostRunning = 8;

    /// <summary>Workers that are asked at the same time.</summary>
    private const int MostAsked = 2;

    /// <summary>Consecutive requests that may stay unanswered: a worker may be restarting.</summary>
    private const int MostSilences = 3;
    private const int MostKept = 24;

    /// <summary>How long the result is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly List<DatasetCheck> _checks = [];
    private readonly SemaphoreSlim _turns = new(MostAsked);

    /// <summary>Starts a check, unless one of this data set is running.</summary>
    /// <exception cref="ApiException">Too many checks are running (409).</exception>
    public DatasetCheckView Start(DatasetSpec dataset)
    {
        DatasetCheck check;
        lock (_gate)
        {
            Forget();
            DatasetCheck? before = _checks.Find(check => check.Dataset == dataset);
            if (before?.IsRunning == true)
            {
                return before.View;
            }

            if (_checks.Count(check => check.IsRunning) >= MostRunning)
            {
                throw ApiException.Conflict($"{MostRunning} data sets are being checked; wait until one is done, or cancel one");
            }

            _checks.RemoveAll(check => check == before);
            _checks.Add(check = new DatasetCheck(dataset, time.GetUtcNow()));
        }

        // Ends when done, when cancelled or with the service, and records its failures in the check.
        _ = RunAsync(check);
        return check.View;
    }

    /// <returns>Null when there was none, or when its result has expired.</returns>
    public DatasetCheckView? Find(DatasetSpec dataset) => FindCheck(dataset)?.View;

    /// <returns>The same as <see cref="Find"/>; an ended check is unchanged.</returns>
    public DatasetCheckView? Cancel(DatasetSpec dataset)
    {
        DatasetCheck? check = FindCheck(dataset);
        check?.End(DatasetCheckStatus.Cancelled, time.GetUtcNow());
        return check?.View;
    }

    public void Dispose() => _turns.Dispose();

    private DatasetCheck? FindCheck(DatasetSpec dataset)
    {
        lock (_gate)
        {
            Forget();
            return _checks.Find(check => check.Dataset == dataset);
        }
    }

    private void Forget()
    {
        DateTimeOffset now = time.GetUtcNow();
        _checks.RemoveAll(check => check.View.FinishedAt is { } finished && now - finished > Lifetime);
        while (_checks.Count >= MostKept && _checks.Find(check => !check.IsRunning) is { } oldest)
        {
            _checks.Remove(oldest);
        }
    }

    private async Task RunAsync(DatasetCheck check)
    {
        CancellationToken stopping = lifetime.ApplicationStopping;
        try
        {
            await CheckAsync(check, stopping);
            check.End(DatasetCheckStatus.Completed, time.GetUtcNow());
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            check.End(DatasetCheckStatus.Cancelled, time.GetUtcNow());
        }
        catch (ApiException problem)
        {
            check.End(DatasetCheckStatus.Failed, time.GetUtcNow(), string.Join("; ", problem.Errors.Values.SelectMany(reasons => reasons)));
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "The check of data set {Dataset} {Path} failed", check.Dataset.Name, check.Dataset.Path);
            check.End(DatasetCheckStatus.Failed, time.GetUtcNow(), failure.Message);
        }
    }

    private async Task CheckAsync(DatasetCheck check, CancellationToken stopping)
    {
        string? fingerprint = null;
        int silences = 0;
        for (int first = 0, images = int.MaxValue; check.IsRunning && first < images;)
        {
            await _turns.WaitAsync(stopping);
            try
            {
                DatasetChecked stretch = await requests.CheckAsync(new CheckDataset(check.Dataset, first, fingerprint), stopping);
                (fingerprint, images, silences) = (stretch.Fingerprint, stretch.Images, 0);
                first = check.Add(stretch)
                    ? stretch.Next
                    : throw ApiException.WorkerFailed(string.Create(CultureInfo.InvariantCulture, $"it did not get beyond image {first} of {images}"));
            }
            catch (ApiException problem) when (problem.Status == StatusCodes.Status503ServiceUnavailable && ++silences < MostSilences)
            {
                logger.LogInformation("No worker answers for the check of data set {Dataset} {Path}; retrying", check.Dataset.Name, check.Dataset.Path);
            }
            finally
            {
                _turns.Release();
            }
        }
    }
}
