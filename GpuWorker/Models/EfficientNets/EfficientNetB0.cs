using Experiments.GpuWorker.Models.Base;

namespace Experiments.GpuWorker.Models.EfficientNets;

/// <summary>torchvision's <c>models.efficientnet_b0</c>.</summary>
public sealed class EfficientNetB0(ModelShape shape) : EfficientNet("efficientnet_b0", shape, width: 1.0, depth: 1.0, dropout: 0.2);
