using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using TorchSharp;

namespace Experiments.GpuWorker.Requests;

/// <summary>
/// Caches the trained models of requests on the CPU and evicts the least recently used one. Not thread-safe.
/// </summary>
internal sealed class StoredModels : IDisposable
{
    public const int Most = 3;

    private readonly List<(string Path, DateTime Written, StoredModel Model)> _kept = [];

    /// <summary>The model of a file, owned by this object and valid until the next call.</summary>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    /// <exception cref="TrainingException">This worker does not support the network (kind Invalid).</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public StoredModel Get(string path)
    {
        // A run replaces its best weights while it trains.
        DateTime written = File.GetLastWriteTimeUtc(path);
        int index = _kept.FindIndex(kept => kept.Path == path);
        if (index >= 0 && _kept[index].Written != written)
        {
            Drop(index);
            index = -1;
        }

        StoredModel model = index >= 0 ? _kept[index].Model : StoredModel.Load(path, torch.CPU);
        if (index >= 0)
        {
            _kept.RemoveAt(index);
        }

        _kept.Add((path, written, model));
        if (_kept.Count > Most)
        {
            Drop(0);
        }

        return model;
    }

    public void Dispose()
    {
        _kept.ForEach(kept => kept.Model.Dispose());
        _kept.Clear();
    }

    private void Drop(int index)
    {
        _kept[index].Model.Dispose();
        _kept.RemoveAt(index);
    }
}
