using Experiments.GpuWorker.Models.Base;

namespace Experiments.GpuWorker.Models.EfficientNets;

/// <summary>torchvision's <c>models.efficientnet_b4</c>.</summary>
public sealed class EfficientNetB4(ModelShape shape) : EfficientNet("efficientnet_b4", shape, width: 1.4, depth: 1.8, dropout: 0.4);
