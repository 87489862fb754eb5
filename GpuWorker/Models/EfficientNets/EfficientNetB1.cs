using Experiments.GpuWorker.Models.Base;

namespace Experiments.GpuWorker.Models.EfficientNets;

/// <summary>torchvision's <c>models.efficientnet_b1</c>.</summary>
public sealed class EfficientNetB1(ModelShape shape) : EfficientNet("efficientnet_b1", shape, width: 1.0, depth: 1.1, dropout: 0.2);
