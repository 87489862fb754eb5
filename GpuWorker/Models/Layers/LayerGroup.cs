using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>
/// A layer made of layers, registered explicitly under torchvision's names. TorchSharp would register its fields again under
/// the fields' names when it becomes part of another layer. Not for layers with parameters of their own: TorchSharp replaces the fields of
/// those when they are moved to another device or type, and finds them by <c>ComponentName</c>.
/// </summary>
internal abstract class LayerGroup(string name) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>Registers a layer under torchvision's name.</summary>
    private protected T Add<T>(string name, T layer)
        where T : nn.Module
    {
        register_module(name, layer);
        return layer;
    }

    protected override void RegisterComponents()
    {
    }
}
