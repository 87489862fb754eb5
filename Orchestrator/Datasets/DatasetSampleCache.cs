using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Datasets;

/// <summary>
/// Caches the small images that a page of a data set shows, so that the page needs one request to a worker instead of hundreds. Bounded, and
/// short-lived because the files of a folder may change.
/// </summary>
public sealed class DatasetSampleCache(DatasetRequests requests, TimeProvider time)
{
    /// <summary>Classes per request to a worker.</summary>
    public const int ClassesPerPart = 25;

    /// <summary>Images per class.</summary>
    public const int PerClass = 8;

    /// <summary>Browsers may cache an image for as long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Cached parts, of up to a megabyte each.</summary>
    private const int MostParts = 24;

    private readonly Lock _gate = new();
    private readonly List<Part> _parts = [];

    /// <summary>The samples of <see cref="ClassesPerPart"/> classes, starting at <paramref name="part"/> times that number.</summary>
    /// <exception cref="Http.ApiException">No worker can provide them.</exception>
    public async Task<DatasetSamples> GetAsync(DatasetSpec dataset, int part, CancellationToken cancellationToken)
    {
        Part found = FindOrAsk(dataset, part);
        try
        {
            return await found.Samples.WaitAsync(cancellationToken);
        }
        catch when (found.Samples.IsFaulted)
        {
            lock (_gate)
            {
                _parts.Remove(found);
            }

            throw;
        }
    }

    private Part FindOrAsk(DatasetSpec dataset, int number)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            _parts.RemoveAll(part => now - part.Asked > Lifetime);
            Part? found = _parts.Find(part => part.Dataset == dataset && part.Number == number);
            if (found is null)
            {
                while (_parts.Count >= MostParts)
                {
                    _parts.RemoveAt(0);
                }

                // The first caller may disconnect while others wait for the same answer; the request ends by its own timeout.
                var request = new SampleDataset(dataset, number * ClassesPerPart, ClassesPerPart, PerClass);
                _parts.Add(found = new Part(dataset, number, now, requests.SampleAsync(request, CancellationToken.None)));
            }

            return found;
        }
    }

    private sealed record Part(DatasetSpec Dataset, int Number, DateTimeOffset Asked, Task<DatasetSamples> Samples);
}
