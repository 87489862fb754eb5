using Experiments.GpuWorker.Data.Sets;

namespace Experiments.GpuWorker.Data.Caching;

/// <summary>All images of a data set that some runs need, decoded, or decoded on demand.</summary>
internal sealed record DecodedDataset(ImageStore Training, ImageStore? Validation, ImageStore? Test) : IDisposable
{
    public long Bytes => Training.Bytes + (Validation?.Bytes ?? 0) + (Test?.Bytes ?? 0);

    /// <summary>The images that cannot be decoded, of all splits.</summary>
    public IReadOnlyList<CorruptImage> Corrupt { get; } = [.. Training.Corrupt, .. Validation?.Corrupt ?? [], .. Test?.Corrupt ?? []];

    public void Dispose()
    {
        Training.Dispose();
        Validation?.Dispose();
        Test?.Dispose();
    }
}
