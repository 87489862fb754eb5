using Experiments.Contracts.Api;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models;

/// <summary>
/// Writes down what each layer of a network gives for one image. Layers are the modules without modules inside them, those with parameters of
/// their own and those that compute themselves, but for what is random while training. They are seen when they are reached with <c>call</c>:
/// <c>forward</c> passes hooks by.
/// </summary>
internal sealed class LayerRecorder : IDisposable
{
    private readonly Dictionary<nn.Module, (long[] Output, long MultiplyAdds, long Elements)> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<nn.Module> _order = [];
    private readonly List<(string Name, nn.Module Module)> _layers;
    private readonly List<Action> _removals = [];

    public LayerRecorder(ImageModel model)
    {
        // The network itself comes first where it has parameters of its own, such as a class token.
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

    /// <summary>Elements of all outputs together.</summary>
    public long Elements => _seen.Values.Sum(seen => seen.Elements);

    /// <summary>In the order in which they were reached, then those that were not.</summary>
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

    /// <summary>Adds up where a layer is reached more than once.</summary>
    private Tensor Record(nn.Module<Tensor, Tensor> module, Tensor input, Tensor output)
    {
        if (!_seen.TryGetValue(module, out (long[] Output, long MultiplyAdds, long Elements) before))
        {
            _order.Add(module);
        }

        // What such a layer gives is its last inner layer's output.
        long elements = module is ICountedLayer ? 0 : output.numel();
        _seen[module] = (output.shape, before.MultiplyAdds + MultiplyAdds(module, output), before.Elements + elements);
        return output;
    }

    /// <summary>As fvcore counts them: one for each weight that an output element takes; those of normalisation and pooling are not counted.</summary>
    private static long MultiplyAdds(nn.Module module, Tensor output) => module switch
    {
        Conv2d conv => output.numel() * (conv.weight.numel() / conv.weight.shape[0]),
        Linear linear => output.numel() * linear.weight.shape[1],
        ICountedLayer counted => counted.OwnMultiplyAdds(output),
        _ => 0,
    };
}
