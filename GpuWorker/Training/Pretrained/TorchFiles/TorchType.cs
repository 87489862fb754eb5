using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>The element type of a storage.</summary>
/// <param name="Storage">The name of PyTorch's class for it.</param>
/// <param name="Bytes">Per element.</param>
internal sealed record TorchType(string Storage, ScalarType Type, int Bytes)
{
    public static IReadOnlyList<TorchType> All { get; } =
    [
        new("torch.DoubleStorage", ScalarType.Float64, 8),
        new("torch.FloatStorage", ScalarType.Float32, 4),
        new("torch.HalfStorage", ScalarType.Float16, 2),
        new("torch.BFloat16Storage", ScalarType.BFloat16, 2),
        new("torch.LongStorage", ScalarType.Int64, 8),
        new("torch.IntStorage", ScalarType.Int32, 4),
        new("torch.ShortStorage", ScalarType.Int16, 2),
        new("torch.CharStorage", ScalarType.Int8, 1),
        new("torch.ByteStorage", ScalarType.Byte, 1),
        new("torch.BoolStorage", ScalarType.Bool, 1),
    ];
}
