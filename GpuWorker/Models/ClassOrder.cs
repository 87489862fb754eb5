using Experiments.Contracts.Text;
using Experiments.GpuWorker.Models.Base;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models;

/// <summary>Reorders the outputs of a network to the classes of a data set, by class names in Unicode's normal form C.</summary>
internal static class ClassOrder
{
    /// <summary>The position of each class of a data set among those of a network.</summary>
    /// <param name="known">The network's, in the order of its outputs.</param>
    /// <param name="wanted">The data set's, in the order of its labels.</param>
    /// <returns>An index into <paramref name="known"/> for each of <paramref name="wanted"/>; null if they are not the same classes.</returns>
    public static int[]? Find(IReadOnlyList<string> known, IReadOnlyList<string> wanted)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        if (known.Count != wanted.Count || !known.Select(Nfc.Of).Select((name, index) => places.TryAdd(name, index)).All(isNew => isNew))
        {
            return null;
        }

        int[] order = [.. wanted.Select(name => places.GetValueOrDefault(Nfc.Of(name), -1))];
        return order.Contains(-1) || order.Distinct().Count() < order.Length ? null : order;
    }

    /// <summary>Whether an order of <see cref="Find"/> is the identity.</summary>
    public static bool IsSame(int[] order) => order.AsSpan().SequenceEqual([.. Enumerable.Range(0, order.Length)]);

    /// <summary>Reorders the outputs of a network.</summary>
    /// <param name="order">The result of <see cref="Find"/>.</param>
    public static void Apply(ImageModel model, int[] order)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        foreach ((string name, Tensor tensor) in model.state_dict().Where(item => model.HasRowPerClass(item.Key)))
        {
            tensor.copy_(Rows(tensor, order));
        }
    }

    /// <summary>The rows of a tensor in another order, bit-identical.</summary>
    /// <param name="tensor">[classes, …].</param>
    /// <returns>A new tensor.</returns>
    public static Tensor Rows(Tensor tensor, int[] order)
    {
        using Tensor index = torch.tensor(order, dtype: ScalarType.Int64, device: tensor.device);
        return tensor.index_select(0, index);
    }
}
