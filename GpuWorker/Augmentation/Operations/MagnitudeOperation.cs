namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>The operations that RandAugment and TrivialAugment choose from, in torchvision's order.</summary>
internal enum MagnitudeOperation
{
    Identity,
    ShearX,
    ShearY,
    TranslateX,
    TranslateY,
    Rotate,
    Brightness,
    Color,
    Contrast,
    Sharpness,
    Posterize,
    Solarize,
    AutoContrast,
    Equalize,
}

/// <summary>An operation on one image.</summary>
/// <param name="Magnitude">
/// A shear as its tangent, a translation in pixels, an angle in degrees counter-clockwise, a factor less 1, bits to keep, or a threshold in [0, 1]; else 0.
/// </param>
internal readonly record struct OperationDraw(MagnitudeOperation Operation, double Magnitude);
