using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using TorchSharp;

namespace Experiments.GpuWorker.Requests;

/// <summary>
/// A cache of trained models for requests: on the CPU, least recently used evicted first. Not thread-safe.
/// </summary>
internal sealed class StoredModels : IDisposable
{
    public const int Most = 3;

    private readonly List<(string Path, DateTime Written, StoredModel Model)> _kept = [];

    /// <summary>The model of a file, owned by this object and valid until the next call.</summary>
    /// <exception cref="SafetensorsException">It is damaged.</exception>
    /// <exception cref="TrainingException">This worker does not know the network (kind Invalid).</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public StoredModel Get(string path)
    {
        // A run in training replaces its best weights.
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
