namespace Experiments.GpuWorker.Data.Sets;

/// <summary>An image that cannot be decoded.</summary>
/// <param name="Place">Where it is found: as <see cref="IImageSource.Locate"/> says it.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record CorruptImage(string Place, string Reason)
{
    public override string ToString() => $"{Place}: {Reason}";
}
