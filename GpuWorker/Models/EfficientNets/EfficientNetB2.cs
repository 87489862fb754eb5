using Experiments.GpuWorker.Models.Base;

namespace Experiments.GpuWorker.Models.EfficientNets;

/// <summary>torchvision's <c>models.efficientnet_b2</c>.</summary>
public sealed class EfficientNetB2(ModelShape shape) : EfficientNet("efficientnet_b2", shape, width: 1.1, depth: 1.2, dropout: 0.3);
