using System.Numerics;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>torchvision's blend: the image times a factor plus another image times one minus the factor, clamped to [0, 1].</summary>
internal static class Blending
{
    public static Tensor Blend(Tensor images, Tensor other, Tensor factors) =>
        ((images * factors) + (other * (1 - factors))).clamp_(0, 1);

    /// <summary>Blends values with one value.</summary>
    public static void Blend(Span<float> values, float other, float factor)
    {
        float addend = other * (1 - factor);
        (var factors, var addends) = (new Vector<float>(factor), new Vector<float>(addend));
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Clamp((new Vector<float>(values[i..]) * factors) + addends).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] = Math.Clamp((values[i] * factor) + addend, 0, 1);
        }
    }

    /// <summary>Blends values with other values.</summary>
    public static void Blend(Span<float> values, ReadOnlySpan<float> others, float factor)
    {
        (var factors, var rests) = (new Vector<float>(factor), new Vector<float>(1 - factor));
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Clamp((new Vector<float>(values[i..]) * factors) + (new Vector<float>(others[i..]) * rests)).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] = Math.Clamp((values[i] * factor) + (others[i] * (1 - factor)), 0, 1);
        }
    }

    public static Vector<float> Clamp(Vector<float> values) => Vector.Min(Vector.Max(values, Vector<float>.Zero), Vector<float>.One);
}
