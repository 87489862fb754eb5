using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>
/// A layer made of layers, registered explicitly under torchvision's names. TorchSharp would register its fields again under
/// the fields' names when it becomes part of another layer.
/// </summary>
internal abstract class LayerGroup(string name) : nn.Module<Tensor, Tensor>(name)
{
    protected override void RegisterComponents()
    {
    }
}
