namespace Experiments.GpuWorker.Data.Sets;

/// <summary>An image that cannot be decoded.</summary>
/// <param name="Place">Its location, as from <see cref="IImageSource.Locate"/>.</param>
/// <param name="Reason">The problem.</param>
internal sealed record CorruptImage(string Place, string Reason)
{
    public override string ToString() => $"{Place}: {Reason}";
}
