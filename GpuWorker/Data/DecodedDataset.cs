namespace Experiments.GpuWorker.Data;

/// <summary>All images of a data set that some runs need, decoded.</summary>
internal sealed record DecodedDataset(DecodedImages Training, DecodedImages? Validation, DecodedImages? Test) : IDisposable
{
    public long Bytes => Training.Bytes + (Validation?.Bytes ?? 0) + (Test?.Bytes ?? 0);

    public void Dispose()
    {
        Training.Dispose();
        Validation?.Dispose();
        Test?.Dispose();
    }
}
