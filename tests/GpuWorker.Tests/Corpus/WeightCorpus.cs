using static TorchSharp.torch;
using Dictionary = System.Collections.Generic.Dictionary<string, object?>;

namespace Experiments.GpuWorker.Tests.Corpus;

/// <summary>A weights file as written by a training script.</summary>
/// <param name="Name">A description of the file.</param>
/// <param name="Make">Makes the saved object from a network's tensors.</param>
/// <param name="Container">The expected key of the weights; null for none.</param>
/// <param name="Prefix">The expected prefix to drop from their names; null for none.</param>
internal sealed record StoredShape(string Name, Func<IReadOnlyDictionary<string, Tensor>, Dictionary> Make, string? Container, string? Prefix);

/// <summary>The ways in which files store the weights of one network.</summary>
internal static class WeightCorpus
{
    public static IReadOnlyList<StoredShape> Fitting { get; } =
    [
        Prefixed("module."),
        Prefixed("_orig_mod."),
        Prefixed("module._orig_mod."),
        Prefixed("_orig_mod.module."),
        Prefixed("model."),
        Prefixed("backbone."),
        Prefixed("encoder."),
        Prefixed("net."),
        Prefixed("module.model._orig_mod.backbone."),
        Prefixed("my_network."),
        .. new[] { "state_dict", "model_state_dict", "model", "net", "network", "weights", "state_dict_ema", "model_ema", "ema" }.Select(Contained),
        new("as it is", Plain, null, null),
        new("Lightning", state => new()
        {
            ["epoch"] = 3.0,
            ["pytorch-lightning_version"] = "2.4.0",
            ["state_dict"] = With(Prefix(state, "model."), "criterion.weight", ones(10)),
            ["hparams_name"] = "kwargs",
        }, "state_dict", "model."),
        new("average only, in a wrapper", state => new() { ["epoch"] = 3.0, ["state_dict_ema"] = Prefix(state, "module.") }, "state_dict_ema", "module."),
        new("average besides", state => new() { ["state_dict_ema"] = Zeros(state), ["state_dict"] = Plain(state), ["amp_scaler"] = null }, "state_dict", null),
        new("average besides, short names", state => new() { ["model_ema"] = Zeros(state), ["model"] = Plain(state) }, "model", null),
        new("average under a prefix", state => Union(Prefix(Zeros(state), "ema_model."), Prefix(Plain(state), "model.")), null, "model."),
        new("averaged by PyTorch", state => With(Prefix(state, "module."), "n_averaged", ones(1)), null, "module."),
        new("momentum encoder", state => new()
        {
            ["state_dict"] = Union(Prefix(Zeros(state), "module.encoder_k."), Prefix(Plain(state), "module.encoder_q."), new() { ["module.queue"] = ones(2, 2) }),
        }, "state_dict", "module.encoder_q."),
        new("two levels", state => new() { ["checkpoint"] = new Dictionary { ["model"] = Plain(state) } }, "checkpoint.model", null),
        new("backbone and head apart", state => new() { ["backbone"] = Plain(state), ["projector"] = new Dictionary { ["weight"] = ones(2) } }, "backbone", null),
        new("another network besides, larger", state => new()
        {
            ["teacher"] = Union(Plain(state, "conv1."), new() { ["conv9.weight"] = ones(3), ["conv8.weight"] = ones(3) }),
            ["student"] = Plain(state),
        }, "student", null),
    ];

    public static StoredShape Ambiguous { get; } = new(
        "student and teacher", state => new() { ["student"] = Plain(state), ["teacher"] = Zeros(state) }, null, null);

    public static StoredShape Foreign { get; } = new(
        "another network", state => new() { ["state_dict"] = new Dictionary { ["features.0.weight"] = ones(3), ["features.0.bias"] = ones(3) } }, null, null);

    private static StoredShape Prefixed(string prefix) => new(prefix, state => Prefix(state, prefix), null, prefix);

    private static StoredShape Contained(string key) => new(key, state => new() { ["epoch"] = 3.0, [key] = Plain(state) }, key, null);

    private static Dictionary Plain(IReadOnlyDictionary<string, Tensor> state) => Plain(state, "");

    private static Dictionary Plain(IReadOnlyDictionary<string, Tensor> state, string beginning) => state
        .Where(item => item.Key.StartsWith(beginning, StringComparison.Ordinal))
        .ToDictionary(item => item.Key, item => (object?)item.Value);

    private static Dictionary Zeros(IReadOnlyDictionary<string, Tensor> state) => state.ToDictionary(item => item.Key, item => (object?)zeros_like(item.Value));

    private static Dictionary Prefix(IReadOnlyDictionary<string, Tensor> state, string prefix) => Prefix(Plain(state), prefix);

    private static Dictionary Prefix(Dictionary state, string prefix) => state.ToDictionary(item => prefix + item.Key, item => item.Value);

    private static Dictionary With(Dictionary state, string name, Tensor tensor) => Union(state, new() { [name] = tensor });

    private static Dictionary Union(params Dictionary[] parts) => parts.SelectMany(part => part).ToDictionary(item => item.Key, item => item.Value);
}
