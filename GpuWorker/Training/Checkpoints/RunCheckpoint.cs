using System.Text.Json;
using Experiments.Contracts;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Progress;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>What a checkpoint holds of a session, and how it is restored.</summary>
internal static class RunCheckpoint
{
    private const string StateKey = "state";
    private const string FormatKey = "checkpoint";
    private const string Format = "1";
    private const int MostClasses = 10;
    private const string ModelPrefix = "model/";
    private const string AveragePrefix = "average/";
    private const string OptimizerPrefix = "optimizer/";

    /// <summary>The state of a session, whose tensors stay the session's own and change with the next step.</summary>
    public static SafetensorsDraft Describe(TrainingSession session)
    {
        TrainingState state = session.State with { OptimizerSteps = session.Optimizer.Steps() };
        return new SafetensorsDraft(
            [
                .. Networks(session).SelectMany(network => network.Model.state_dict().Select(pair => (network.Prefix + pair.Key, pair.Value))),
                .. session.Optimizer.Tensors().Select(pair => (OptimizerPrefix + pair.Name, pair.Tensor)),
            ],
            new Dictionary<string, string>
            {
                [FormatKey] = Format,
                [StateKey] = JsonSerializer.Serialize(state, ContractJson.Options),
            });
    }

    /// <summary>The name that a tensor of what is evaluated (<see cref="TrainingSession.Result"/>) has in a checkpoint, without what the checkpoint puts before it.</summary>
    /// <returns>Null for all other tensors.</returns>
    public static string? ResultName(TrainingSession session, string name)
    {
        string prefix = session.Average is null ? ModelPrefix : AveragePrefix;
        return name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;
    }

    /// <summary>Puts the content of a checkpoint into a new session.</summary>
    /// <exception cref="SafetensorsException">It does not fit the session; the session is of no use then.</exception>
    public static void Restore(TrainingSession session, SafetensorsContent content)
    {
        using IDisposable unrecorded = no_grad();
        TrainingState state = StateOf(content);
        if (state.Order != session.State.Order)
        {
            throw new SafetensorsException($"it was made with another order of images ({state.Order}; now {session.State.Order})");
        }

        if (state.Classes is { } classes && !classes.SequenceEqual(session.Data.Classes))
        {
            throw new SafetensorsException($"it was made with other classes ({Name(classes)}; now {Name(session.Data.Classes)})");
        }

        foreach ((string prefix, ImageModel model) in Networks(session))
        {
            foreach ((string name, Tensor tensor) in model.state_dict())
            {
                tensor.copy_(content.Require(prefix + name, tensor.shape));
            }
        }

        session.Optimizer.Load(
            state.OptimizerSteps,
            (name, parameter) => content.Require(OptimizerPrefix + name, parameter.shape));
        session.State = state with { Classes = session.Data.Classes };
    }

    /// <exception cref="SafetensorsException">The file is a safetensors file, but no checkpoint.</exception>
    public static TrainingState StateOf(SafetensorsContent content)
    {
        if (content.Metadata.GetValueOrDefault(FormatKey) != Format || !content.Metadata.TryGetValue(StateKey, out string? json))
        {
            throw new SafetensorsException($"it is not a checkpoint of format {Format}");
        }

        try
        {
            return JsonSerializer.Deserialize<TrainingState>(json, ContractJson.Options) ?? throw new SafetensorsException("its state is empty");
        }
        catch (JsonException e)
        {
            throw new SafetensorsException($"its state is damaged: {e.Message}", e);
        }
    }

    private static IEnumerable<(string Prefix, ImageModel Model)> Networks(TrainingSession session) => session.Average is { } average
        ? [(ModelPrefix, session.Model), (AveragePrefix, average.Model)]
        : [(ModelPrefix, session.Model)];

    private static string Name(IReadOnlyList<string> classes) =>
        string.Join(", ", classes.Take(MostClasses)) + (classes.Count > MostClasses ? $" and {classes.Count - MostClasses} more" : "");
}
