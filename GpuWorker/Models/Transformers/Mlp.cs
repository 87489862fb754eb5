using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Transformers;

/// <summary>Two linear layers around GELU under the names 0 and 3; torchvision's <c>ops.MLP</c>, whose dropouts do nothing by default.</summary>
internal static class Mlp
{
    public static Sequential Create(long width, long hidden) => nn.Sequential(
        ("0", nn.Linear(width, hidden)),
        ("1", nn.GELU()),
        ("3", nn.Linear(hidden, width)));
}
