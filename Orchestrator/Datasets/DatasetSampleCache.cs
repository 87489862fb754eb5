using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;

namespace Experiments.Orchestrator.Datasets;

/// <summary>
/// The small images of data sets that somebody looks at, so that a page of them is one question to a worker and not hundreds. Bounded, and forgotten
/// after a while: the files of a folder may change.
/// </summary>
public sealed class DatasetSampleCache(DatasetRequests requests, TimeProvider time)
{
    /// <summary>Classes that are asked for at once.</summary>
    public const int ClassesPerPart = 25;

    /// <summary>Images of each class.</summary>
    public const int PerClass = 8;

    /// <summary>A browser may keep an image as long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Parts of up to a megabyte.</summary>
    private const int MostParts = 24;

    private readonly Lock _gate = new();
    private readonly List<Part> _parts = [];

    /// <summary>The samples of the classes from <paramref name="part"/> times <see cref="ClassesPerPart"/> on.</summary>
    /// <exception cref="Http.ApiException">Nobody can show them.</exception>
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

                // Whoever asked first may leave; others wait for the same answer. The question ends by its own time limit.
                var request = new SampleDataset(dataset, number * ClassesPerPart, ClassesPerPart, PerClass);
                _parts.Add(found = new Part(dataset, number, now, requests.SampleAsync(request, CancellationToken.None)));
            }

            return found;
        }
    }

    private sealed record Part(DatasetSpec Dataset, int Number, DateTimeOffset Asked, Task<DatasetSamples> Samples);
}
