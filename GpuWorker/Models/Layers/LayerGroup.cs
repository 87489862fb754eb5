using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>
/// A layer made of layers. Registered are those that it registers itself, under torchvision's names; TorchSharp would add its fields once more under
/// the fields' names as soon as it becomes part of another layer.
/// </summary>
internal abstract class LayerGroup(string name) : nn.Module<Tensor, Tensor>(name)
{
    protected override void RegisterComponents()
    {
    }
}
