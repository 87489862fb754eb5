using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Transformers;

/// <summary>Scaled dot-product attention of several heads (Vaswani et al., 2017).</summary>
internal static class MultiHead
{
    /// <summary>Multiply-adds: queries by keys, and their softmax by values.</summary>
    public static long MultiplyAdds(long sequences, long places, long width) => 2 * sequences * places * places * width;

    /// <param name="projected">Queries, keys and values concatenated: [N·windows, L, 3·D], the windows of an image one after another.</param>
    /// <param name="heads">A divisor of D.</param>
    /// <param name="bias">The bias of the products of queries and keys: [1, windows·heads, L, L].</param>
    /// <param name="windows">The number of windows per image if each has its own bias.</param>
    /// <returns>[N·windows, L, D].</returns>
    public static Tensor Attend(Tensor projected, long heads, Tensor? bias = null, long windows = 1)
    {
        using DisposeScope scope = NewDisposeScope();
        long length = projected.shape[1];
        long width = projected.shape[2] / 3;
        Tensor[] parts = projected.view(-1, windows, length, 3, heads, width / heads)
            .permute(3, 0, 1, 4, 2, 5)
            .reshape(3, -1, windows * heads, length, width / heads)
            .unbind(0);
        Tensor mixed = F.scaled_dot_product_attention(parts[0], parts[1], parts[2], bias);
        return mixed.reshape(-1, heads, length, width / heads).transpose(1, 2).reshape(-1, length, width).MoveToOuterDisposeScope();
    }
}
