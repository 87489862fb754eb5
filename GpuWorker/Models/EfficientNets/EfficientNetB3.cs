using Experiments.GpuWorker.Models.Base;

namespace Experiments.GpuWorker.Models.EfficientNets;

/// <summary>torchvision's <c>models.efficientnet_b3</c>.</summary>
public sealed class EfficientNetB3(ModelShape shape) : EfficientNet("efficientnet_b3", shape, width: 1.2, depth: 1.4, dropout: 0.3);
