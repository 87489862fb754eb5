using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data;

/// <summary>Images of one source, decoded and scaled, in main memory.</summary>
public sealed class DecodedImages : IDisposable
{
    private readonly Dictionary<int, int> _rows = [];

    /// <param name="pixels">uint8 [N, 3, S, S]; owned by this object.</param>
    /// <param name="labels">int64 [N]; owned by this object.</param>
    /// <param name="positions">The place of each row in its source.</param>
    /// <param name="corrupt">Rows that hold no image because it could not be decoded.</param>
    internal DecodedImages(Tensor pixels, Tensor labels, IReadOnlyList<int> positions, IReadOnlyCollection<int> corrupt)
    {
        Pixels = pixels;
        Labels = labels;
        for (int row = 0; row < positions.Count; row++)
        {
            _rows[positions[row]] = row;
        }

        foreach (int row in corrupt)
        {
            _rows.Remove(positions[row]);
        }
    }

    /// <summary>uint8 [N, 3, S, S].</summary>
    public Tensor Pixels { get; }

    /// <summary>int64 [N].</summary>
    public Tensor Labels { get; }

    public long Bytes => Pixels.numel();

    /// <summary>The images at these places of the source, without corrupt ones.</summary>
    internal ImageSplit Select(IEnumerable<int> positions)
    {
        int[] usable = [.. positions.Where(_rows.ContainsKey)];
        return new ImageSplit(this, [.. usable.Select(position => (long)_rows[position])], usable);
    }

    public void Dispose()
    {
        Pixels.Dispose();
        Labels.Dispose();
    }
}
