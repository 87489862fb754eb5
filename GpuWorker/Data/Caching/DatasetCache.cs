namespace Experiments.GpuWorker.Data.Caching;

/// <summary>
/// Keeps decoded data sets between the runs of this process, so that a sweep decodes its images once. Unused ones are
/// dropped, least recently used first, when room is needed. For those that do not fit, it keeps only what is known about their images.
/// </summary>
/// <param name="budget">The limit of bytes for all decoded images together.</param>
internal sealed class DatasetCache(long budget) : IDisposable
{
    private readonly List<Entry> _entries = [];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _disposed;

    /// <summary>The data set of that key, decoded now unless it is cached. Only one is decoded at a time: decoding uses all cores anyway.</summary>
    /// <param name="bytes">The memory needed to keep it.</param>
    /// <param name="open">Decodes it, to keep it (true) or not.</param>
    /// <returns>The right to use it until disposed.</returns>
    public Lease GetOrAdd(string key, long bytes, Func<bool, DecodedDataset> open, CancellationToken cancel)
    {
        _gate.Wait(cancel);
        try
        {
            Entry? entry = _entries.Find(entry => entry.Key == key);
            if (entry is null)
            {
                entry = new Entry(key, open(TryMakeRoom(bytes)));
            }

            // The most recently used one is last.
            _entries.Remove(entry);
            _entries.Add(entry);
            entry.Users++;
            return new Lease(this, entry);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Data sets in use are disposed once their last run releases them.</summary>
    public void Dispose()
    {
        _gate.Wait();
        _disposed = true;
        DropUnused();
        _gate.Release();
    }

    /// <returns>False if it does not fit even after dropping all unused data sets.</returns>
    private bool TryMakeRoom(long bytes)
    {
        if (_entries.Where(entry => entry.Users > 0).Sum(entry => entry.Dataset.Bytes) + bytes > budget)
        {
            return false;
        }

        foreach (Entry entry in _entries.Where(entry => entry.Users == 0).ToArray())
        {
            if (_entries.Sum(kept => kept.Dataset.Bytes) + bytes <= budget)
            {
                break;
            }

            entry.Dataset.Dispose();
            _entries.Remove(entry);
        }

        return true;
    }

    private void Release(Entry entry)
    {
        _gate.Wait();
        entry.Users--;
        if (_disposed)
        {
            DropUnused();
        }

        _gate.Release();
    }

    private void DropUnused()
    {
        foreach (Entry entry in _entries.Where(entry => entry.Users == 0).ToArray())
        {
            entry.Dataset.Dispose();
            _entries.Remove(entry);
        }
    }

    /// <summary>The right to use a decoded data set.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly DatasetCache _cache;
        private readonly Entry _entry;
        private bool _disposed;

        internal Lease(DatasetCache cache, Entry entry)
        {
            _cache = cache;
            _entry = entry;
        }

        public DecodedDataset Dataset => _entry.Dataset;

        public void Dispose()
        {
            if (!_disposed)
            {
                _disposed = true;
                _cache.Release(_entry);
            }
        }
    }

    internal sealed class Entry(string key, DecodedDataset dataset)
    {
        public string Key { get; } = key;

        public DecodedDataset Dataset { get; } = dataset;

        public int Users { get; set; }
    }
}
