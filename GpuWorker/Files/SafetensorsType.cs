using static TorchSharp.torch;

namespace Experiments.GpuWorker.Files;

/// <summary>An element type that the safetensors format and the program have in common.</summary>
/// <param name="Name">In the format.</param>
/// <param name="Bytes">Per element.</param>
internal sealed record SafetensorsType(string Name, ScalarType Type, int Bytes)
{
    private static readonly SafetensorsType[] All =
    [
        new("F64", ScalarType.Float64, 8),
        new("F32", ScalarType.Float32, 4),
        new("F16", ScalarType.Float16, 2),
        new("BF16", ScalarType.BFloat16, 2),
        new("I64", ScalarType.Int64, 8),
        new("I32", ScalarType.Int32, 4),
        new("I16", ScalarType.Int16, 2),
        new("I8", ScalarType.Int8, 1),
        new("U8", ScalarType.Byte, 1),
        new("BOOL", ScalarType.Bool, 1),
    ];

    public static SafetensorsType Of(ScalarType type) => All.First(known => known.Type == type);

    /// <exception cref="SafetensorsException">The type is not one of these.</exception>
    public static SafetensorsType Parse(string name) => All.FirstOrDefault(known => known.Name == name)
        ?? throw new SafetensorsException($"element type {name} is not supported; supported: {string.Join(", ", All.Select(known => known.Name))}");
}
