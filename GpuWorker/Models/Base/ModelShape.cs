namespace Experiments.GpuWorker.Models.Base;

/// <summary>The inputs and outputs that a network is built for.</summary>
/// <param name="Classes">At least 2.</param>
/// <param name="ImageSize">Pixels per side. Only networks whose parameters depend on it (the transformers) require this size.</param>
/// <param name="SmallInput">The stem for images of about 32×32 pixels, if the architecture has one.</param>
/// <param name="Dropout">The probability of the dropouts in front of the last layers, in [0, 1); null for the architecture's own.</param>
public sealed record ModelShape(int Classes, int ImageSize, bool SmallInput = false, double? Dropout = null);
