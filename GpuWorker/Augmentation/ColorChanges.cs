using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>
/// torchvision's <c>adjust_…</c> functions for batches: images are float32 [N, 3, S, S] in [0, 1], amounts [N, 1, 1, 1]. Results are in
/// the caller's dispose scope, and so are the steps to them.
/// </summary>
internal static class ColorChanges
{
    public static Tensor Brightness(Tensor images, Tensor factor) => (images * factor).clamp_(0, 1);

    /// <summary>Blends with the mean grey of each image.</summary>
    public static Tensor Contrast(Tensor images, Tensor factor) =>
        Blend(images, Grey(images).mean([1, 2, 3], keepdim: true), factor);

    /// <summary>Blends with the grey image.</summary>
    public static Tensor Saturation(Tensor images, Tensor factor) => Blend(images, Grey(images), factor);

    /// <summary>Turns the colour circle by <paramref name="turn"/> of it: to hue, saturation and value, and back.</summary>
    public static Tensor Hue(Tensor images, Tensor turn)
    {
        Tensor value = images.amax([1], keepdim: true);
        Tensor range = value - images.amin([1], keepdim: true);
        Tensor hue = HueOf(images, value, range) + (turn * 6);

        // Channel n of (5, 3, 1) for red, green and blue: value - range * clamp(min(k, 4 - k), 0, 1) with k = (n + hue) mod 6.
        Tensor channels = tensor(new float[] { 5, 3, 1 }, device: images.device).view(1, 3, 1, 1);
        Tensor k = (channels + hue).remainder(6);
        return (value - (range * minimum(k, 4 - k).clamp_(0, 1))).clamp_(0, 1);
    }

    /// <summary>The hue in sixths of the circle; 0 where an image is grey.</summary>
    private static Tensor HueOf(Tensor images, Tensor value, Tensor range)
    {
        Tensor divisor = where(range == 0, ones_like(range), range);
        Tensor red = images.narrow(1, 0, 1);
        Tensor green = images.narrow(1, 1, 1);
        Tensor blue = images.narrow(1, 2, 1);
        Tensor fromRed = (green - blue) / divisor;
        Tensor fromGreen = ((blue - red) / divisor) + 2;
        Tensor fromBlue = ((red - green) / divisor) + 4;
        return where(value == red, fromRed, where(value == green, fromGreen, fromBlue));
    }

    private static Tensor Grey(Tensor images) =>
        (images.narrow(1, 0, 1) * 0.2989) + (images.narrow(1, 1, 1) * 0.587) + (images.narrow(1, 2, 1) * 0.114);

    private static Tensor Blend(Tensor images, Tensor other, Tensor factor) =>
        ((images * factor) + (other * (1 - factor))).clamp_(0, 1);
}
