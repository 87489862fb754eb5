using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Transformers;

/// <summary>The index of each pair of places of a square window in a table of (2·side - 1)² relative positions.</summary>
internal static class RelativePositions
{
    /// <summary>Rows of the table without those for tokens.</summary>
    public static long Rows(long side) => ((2 * side) - 1) * ((2 * side) - 1);

    /// <summary>Row of the table for the step from place <paramref name="to"/> to place <paramref name="from"/>, both counted by rows.</summary>
    public static long Row(long from, long to, long side) =>
        (((from / side) - (to / side) + side - 1) * ((2 * side) - 1)) + (from % side) - (to % side) + side - 1;

    /// <summary>The bias [1, heads, L, L] from a table [rows, heads].</summary>
    /// <param name="index">Rows of the table: [L²].</param>
    public static Tensor Bias(Tensor table, Tensor index)
    {
        using var scope = NewDisposeScope();
        long length = (long)Math.Sqrt(index.shape[0]);
        // index_select: unlike with indexing, its gradient is summed in a fixed order on the CPU.
        return table.index_select(0, index).view(length, length, -1).permute(2, 0, 1).unsqueeze(0).contiguous().MoveToOuterDisposeScope();
    }
}
