namespace Experiments.GpuWorker.Data;

/// <summary>
/// Keeps decoded data sets between the runs of this process, so that a sweep decodes its images once. What no run is using is
/// dropped, oldest use first, when room is needed.
/// </summary>
/// <param name="budget">Bytes that all decoded images together may take.</param>
internal sealed class DatasetCache(long budget) : IDisposable
{
    private readonly List<Entry> _entries = [];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _disposed;

    /// <summary>The data set of that key, decoded now unless it is here. Only one is decoded at a time: the machine's cores are shared anyway.</summary>
    /// <param name="bytes">What decoding will take.</param>
    /// <returns>The right to use it until disposed.</returns>
    /// <exception cref="DatasetTooLargeException">It does not fit, even with nothing else kept.</exception>
    public Lease GetOrAdd(string key, long bytes, Func<DecodedDataset> decode, CancellationToken cancel)
    {
        _gate.Wait(cancel);
        try
        {
            Entry? entry = _entries.Find(entry => entry.Key == key);
            if (entry is null)
            {
                MakeRoom(bytes);
                entry = new Entry(key, decode());
            }

            // The most recently used one stands last.
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

    /// <summary>What a run still uses is only let go when that run is done with it.</summary>
    public void Dispose()
    {
        _gate.Wait();
        _disposed = true;
        DropUnused();
        _gate.Release();
    }

    private void MakeRoom(long bytes)
    {
        foreach (Entry entry in _entries.Where(entry => entry.Users == 0).ToArray())
        {
            if (_entries.Sum(kept => kept.Dataset.Bytes) + bytes <= budget)
            {
                return;
            }

            entry.Dataset.Dispose();
            _entries.Remove(entry);
        }

        long used = _entries.Sum(kept => kept.Dataset.Bytes);
        if (used + bytes > budget)
        {
            throw new DatasetTooLargeException(bytes, budget, used);
        }
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

/// <summary>A decoded data set would take more memory than allowed.</summary>
/// <param name="bytes">What it would take.</param>
/// <param name="budget">What is allowed for all together.</param>
/// <param name="used">What other runs of this process use now.</param>
internal sealed class DatasetTooLargeException(long bytes, long budget, long used) : Exception(
    $"the decoded images take {bytes / 1e6:N0} MB; allowed are {budget / 1e6:N0} MB (Worker:DatasetMemoryBytes), {used / 1e6:N0} MB of them in use by other runs. Use a smaller imageSize or a limit");
