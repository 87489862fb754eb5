using Experiments.GpuWorker.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>A copy of a draft in main memory, which does not change while the originals are trained. Owns its tensors.</summary>
internal sealed class CapturedDraft : IDisposable
{
    private CapturedDraft(SafetensorsDraft draft) => Draft = draft;

    public SafetensorsDraft Draft { get; }

    /// <param name="known">Returns an existing copy of the tensor of that name, to avoid a second one; null for none.</param>
    public static CapturedDraft Of(SafetensorsDraft draft, Func<string, Tensor?>? known = null)
    {
        using IDisposable unrecorded = no_grad();
        var copies = new List<(string Name, Tensor Tensor)>(draft.Tensors.Count);
        try
        {
            foreach ((string name, Tensor tensor) in draft.Tensors)
            {
                copies.Add((name, known?.Invoke(name) is { } same ? Share(same) : Copy(tensor)));
            }
        }
        catch
        {
            Dispose(copies);
            throw;
        }

        return new CapturedDraft(draft with { Tensors = copies });
    }

    public Tensor? Find(string name) => Draft.Tensors.FirstOrDefault(pair => pair.Name == name).Tensor;

    public void Dispose() => Dispose(Draft.Tensors);

    /// <summary>Another handle of the same memory, which lives as long as either of them.</summary>
    private static Tensor Share(Tensor tensor) => tensor.alias().DetachFromDisposeScope();

    private static Tensor Copy(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return empty(tensor.shape, dtype: tensor.dtype, device: CPU).copy_(tensor).DetachFromDisposeScope();
    }

    private static void Dispose(IEnumerable<(string Name, Tensor Tensor)> copies)
    {
        foreach ((_, Tensor tensor) in copies)
        {
            tensor.Dispose();
        }
    }
}
