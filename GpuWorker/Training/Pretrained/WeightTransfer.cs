using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Pretrained.Stored;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Copies stored tensors into a model, and records the origin of each tensor.</summary>
/// <param name="classes">The data set's classes, in the order of its labels.</param>
internal sealed class WeightTransfer(ImageModel model, IStoredWeights weights, IReadOnlyList<string> classes)
{
    private const int MostNamed = 4;

    private readonly Dictionary<string, Tensor> _state = model.state_dict();
    private readonly List<string> _loaded = [];
    private readonly List<string> _adapted = [];
    private readonly List<string> _reordered = [];
    private readonly List<string> _replaced = [];
    private readonly List<string> _kept = [];

    /// <returns>The record, without source and file, which are not known here.</returns>
    /// <exception cref="SafetensorsException">A tensor is missing, has an incompatible shape, or belongs to another architecture.</exception>
    public Initialization Run()
    {
        using IDisposable unrecorded = no_grad();
        (Reading reading, IReadOnlyList<Reading> others) = new Readings(model).Find(weights.StateDicts);
        var foreign = ForeignLayers.In(model, reading);
        if (foreign.Backbone.Count > 0)
        {
            throw new SafetensorsException($"it has layers that this network does not have: {NameList.Of(foreign.Backbone, MostNamed)}; they are the backbone of another architecture");
        }

        HeadPlan head = FindFlaw(reading) is { } flaw
            ? new HeadPlan(HeadFate.New, flaw)
            : HeadPlan.Of(StoredClasses.Read(reading.Tensors.Texts), RowsOf(reading), classes);
        foreach ((string name, Tensor tensor) in _state)
        {
            using DisposeScope scope = NewDisposeScope();
            Take(name, tensor, reading, head).Add(name);
        }

        return new Initialization
        {
            Source = "",
            File = "",
            Container = reading.Tensors.Container is { Length: > 0 } container ? container : null,
            DroppedPrefix = reading.Prefix.Length > 0 ? reading.Prefix : null,
            OtherReadings = [.. others.Select(other => other.ToString())],
            Head = head.Fate,
            HeadReason = head.Reason,
            Warning = Warn(head, foreign),
            Loaded = _loaded,
            Adapted = _adapted,
            Reordered = _reordered,
            Replaced = _replaced,
            Kept = _kept,
            Skipped = [.. reading.Tensors.Names.Except(reading.Names.Values)],
        };
    }

    private static string? Warn(HeadPlan head, ForeignLayers foreign)
    {
        string[] warnings =
        [
            .. head.IsSure ? (string[])[] : [$"{head.Reason}. If they are others, the head is wrong"],
            .. foreign.Others.Count == 0 ? (string[])[] : [$"it has layers that this network does not have: {NameList.Of(foreign.Others, MostNamed)}. If they belong to the backbone, the weights are another architecture's"],
        ];
        return warnings.Length == 0 ? null : string.Join("; ", warnings);
    }

    /// <summary>The number of classes in the file.</summary>
    private long? RowsOf(Reading reading) => _state.Keys
        .Where(name => model.HasRowPerClass(name) && model.IsHead(name))
        .Select(name => reading.Names.GetValueOrDefault(name))
        .OfType<string>()
        .Select(stored => (long?)reading.Tensors.ShapeOf(stored).FirstOrDefault())
        .FirstOrDefault();

    /// <summary>A head is only transferred as a whole: otherwise a part of it would be random.</summary>
    /// <returns>The mismatch; null if all parts fit except for the number of classes, or if the file has no head.</returns>
    private string? FindFlaw(Reading reading)
    {
        string[] head = [.. _state.Keys.Where(name => model.HasRowPerClass(name) && model.IsHead(name))];
        if (!head.Any(reading.Names.ContainsKey))
        {
            return null;
        }

        foreach (string name in head)
        {
            if (!reading.Names.TryGetValue(name, out string? stored))
            {
                return $"the file's head has no \"{name}\"";
            }

            long[] shape = reading.Tensors.ShapeOf(stored);
            if (!shape.Skip(1).SequenceEqual(_state[name].shape.Skip(1)))
            {
                return $"the file's head has \"{stored}\" in the shape [{string.Join(", ", shape)}]; expected [{string.Join(", ", _state[name].shape)}]";
            }
        }

        return null;
    }

    /// <summary>The list that the tensor belongs to.</summary>
    private List<string> Take(string name, Tensor tensor, Reading reading, HeadPlan head)
    {
        if (!reading.Names.TryGetValue(name, out string? stored))
        {
            return model.DependsOnClasses(name) ? _replaced
                : !tensor.is_floating_point() ? _kept
                : throw Missing(name, reading);
        }

        if (head.Fate == HeadFate.New && model.HasRowPerClass(name))
        {
            return _replaced;
        }

        using Tensor content = reading.Tensors.Read(stored);
        RequireType(stored, content, tensor);
        List<string> account = content.shape.AsSpan().SequenceEqual(tensor.shape) ? Copy(name, content, tensor, head) : Fit(name, stored, content, tensor);
        RequireFinite(stored, tensor);
        return account;
    }

    private List<string> Copy(string name, Tensor content, Tensor tensor, HeadPlan head)
    {
        bool isReordered = head.Order is not null && model.HasRowPerClass(name);
        tensor.copy_(isReordered ? ClassOrder.Rows(content, head.Order!) : content);
        return isReordered ? _reordered : _loaded;
    }

    private List<string> Fit(string name, string stored, Tensor content, Tensor tensor)
    {
        using Tensor wide = Widen(content);
        if (model.Adapt(name, wide, tensor.shape) is { } adapted)
        {
            using (adapted)
            {
                tensor.copy_(adapted);
            }

            return _adapted;
        }

        return model.DependsOnClasses(name) ? _replaced : throw new SafetensorsException(
            $"tensor \"{stored}\" has shape [{string.Join(", ", content.shape)}]; expected [{string.Join(", ", tensor.shape)}]");
    }

    /// <summary>Tables and kernels are resized in float32: not every interpolation supports 16 bits, and sums would be imprecise.</summary>
    private static Tensor Widen(Tensor content) =>
        content.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? content.to_type(ScalarType.Float32) : content.alias();

    /// <summary>Integers instead of weights belong to a quantized network, and are meaningless without their scales.</summary>
    private static void RequireType(string stored, Tensor content, Tensor tensor)
    {
        if (tensor.is_floating_point() && !content.is_floating_point())
        {
            throw new SafetensorsException($"tensor \"{stored}\" holds {content.dtype}, not floating-point numbers; quantized weights cannot be trained");
        }
    }

    /// <summary>Checked in the network's own type: a finite value in the file may overflow in it.</summary>
    private static void RequireFinite(string stored, Tensor tensor)
    {
        if (tensor.is_floating_point() && !tensor.isfinite().all().item<bool>())
        {
            throw new SafetensorsException($"tensor \"{stored}\" holds NaN or infinite values, or some too large for {tensor.dtype}; nothing can be trained from them");
        }
    }

    private SafetensorsException Missing(string name, Reading reading)
    {
        string[] missing = [.. _state.Keys.Where(key => !reading.Names.ContainsKey(key) && !model.DependsOnClasses(key))];
        string part = reading.Prefix.Length > 0 || reading.Tensors.Container.Length > 0 ? $" in {reading}" : "";
        return new SafetensorsException($"it has no tensor \"{name}\"{part}; {Readings.Describe(reading.Tensors.Names, missing)}");
    }
}
