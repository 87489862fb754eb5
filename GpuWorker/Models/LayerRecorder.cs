using Experiments.Contracts.Api;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models;

/// <summary>
/// Records the output of each layer of a network for one image. Layers are modules without inner modules, those with their own parameters
/// and those with their own computation, except layers that are random in training. They are recorded when they are reached with <c>call</c>:
/// <c>forward</c> bypasses hooks.
/// </summary>
internal sealed class LayerRecorder : IDisposable
{
    private readonly Dictionary<nn.Module, (long[] Output, long MultiplyAdds, long Elements)> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<nn.Module> _order = [];
    private readonly List<(string Name, nn.Module Module)> _layers;
    private readonly List<Action> _removals = [];

    public LayerRecorder(ImageModel model)
    {
        // The network itself comes first if it has its own parameters, such as a class token.
        _layers =
        [
            .. model.named_modules().Prepend((name: model.GetName(), module: model)).Where(pair => IsLayer(pair.module)).Select(pair => (pair.name, pair.module)),
        ];
        foreach (nn.Module<Tensor, Tensor> layer in _layers.Select(layer => layer.Module).OfType<nn.Module<Tensor, Tensor>>())
        {
            var hook = layer.register_forward_hook(Record);
            _removals.Add(hook.remove);
        }
    }

    /// <summary>The total number of elements of all outputs.</summary>
    public long Elements => _seen.Values.Sum(seen => seen.Elements);

    /// <summary>In the order in which they were reached, followed by layers that were not.</summary>
    public IReadOnlyList<LayerView> Layers() =>
    [
        .. _layers
            .OrderBy(layer => _order.FindIndex(reached => ReferenceEquals(reached, layer.Module)) is >= 0 and var place ? place : int.MaxValue)
            .Select(layer => Show(layer.Name, layer.Module)),
    ];

    public void Dispose() => _removals.ForEach(remove => remove());

    private static bool IsLayer(nn.Module module) => module is not (SeededDropout or StochasticDepth)
        && (!module.named_children().Any() || module.parameters(recurse: false).Any() || module is ICountedLayer);

    private LayerView Show(string name, nn.Module module)
    {
        bool isSeen = _seen.TryGetValue(module, out (long[] Output, long MultiplyAdds, long Elements) seen);
        long parameters = module.parameters(recurse: false).Sum(parameter => parameter.numel());
        return new LayerView(name, module.GetType().Name, isSeen ? seen.Output[1..] : null, parameters, isSeen ? seen.MultiplyAdds : null);
    }

    /// <summary>Adds up if a layer is reached more than once.</summary>
    private Tensor Record(nn.Module<Tensor, Tensor> module, Tensor input, Tensor output)
    {
        if (!_seen.TryGetValue(module, out (long[] Output, long MultiplyAdds, long Elements) before))
        {
            _order.Add(module);
        }

        // The output of such a layer is that of its last inner layer.
        long elements = module is ICountedLayer ? 0 : output.numel();
        _seen[module] = (output.shape, before.MultiplyAdds + MultiplyAdds(module, output), before.Elements + elements);
        return output;
    }

    /// <summary>Counts like fvcore: one for each weight per output element; normalization and pooling are not counted.</summary>
    private static long MultiplyAdds(nn.Module module, Tensor output) => module switch
    {
        Conv2d conv => output.numel() * (conv.weight.numel() / conv.weight.shape[0]),
        Linear linear => output.numel() * linear.weight.shape[1],
        ICountedLayer counted => counted.OwnMultiplyAdds(output),
        _ => 0,
    };
}
