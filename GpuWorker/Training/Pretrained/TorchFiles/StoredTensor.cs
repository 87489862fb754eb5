namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>A contiguous array in a file that tensors are views of.</summary>
/// <param name="Elements">The number in the file's metadata; readers must check it against the content.</param>
internal sealed record StoredStorage(string Key, TorchType Type, long Elements);

/// <summary>A tensor in a file: a view of a storage.</summary>
/// <param name="Offset">The index of the first element in the storage.</param>
/// <param name="Stride">The strides of the dimensions, in elements.</param>
internal sealed record StoredTensor(StoredStorage Storage, long Offset, long[] Shape, long[] Stride)
{
    /// <summary>PyTorch's limit.</summary>
    private const int MostDimensions = 64;

    /// <summary>The number of elements.</summary>
    public long Elements { get; } = Product(Shape);

    /// <summary>The number of storage elements from its first to its last; 0 if it is empty.</summary>
    public long Span { get; } = SpanOf(Shape, Stride);

    /// <summary>True if the elements are contiguous and in order.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int i = Shape.Length - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Stride[i] != expected)
                {
                    return false;
                }

                expected *= Shape[i];
            }

            return true;
        }
    }

    /// <exception cref="TorchFileException">It exceeds its storage.</exception>
    public static StoredTensor Create(StoredStorage storage, long offset, long[] shape, long[] stride)
    {
        if (shape.Length != stride.Length || shape.Length > MostDimensions || offset < 0 || shape.Any(size => size < 0) || stride.Any(step => step < 0))
        {
            throw Misplaced(storage, offset, shape, stride);
        }

        try
        {
            var tensor = new StoredTensor(storage, offset, shape, stride);
            return checked(offset + tensor.Span) <= storage.Elements && tensor.Elements <= storage.Elements
                ? tensor
                : throw Misplaced(storage, offset, shape, stride);
        }
        catch (OverflowException)
        {
            throw Misplaced(storage, offset, shape, stride);
        }
    }

    private static long Product(long[] shape) => shape.Contains(0) ? 0 : shape.Aggregate(1L, (product, size) => checked(product * size));

    private static long SpanOf(long[] shape, long[] stride) =>
        shape.Contains(0) ? 0 : checked(1 + shape.Zip(stride, (size, step) => checked((size - 1) * step)).Aggregate(0L, (sum, part) => checked(sum + part)));

    private static TorchFileException Misplaced(StoredStorage storage, long offset, long[] shape, long[] stride) => new(
        $"a tensor of shape [{Text(shape)}] with strides [{Text(stride)}] from element {offset} does not fit its storage of {storage.Elements} elements");

    private static string Text(long[] numbers) => string.Join(", ", numbers.Take(MostDimensions));
}
