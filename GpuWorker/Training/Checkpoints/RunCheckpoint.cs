using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Execution;
using Experiments.GpuWorker.Training.Optimizers;
using Experiments.GpuWorker.Training.Progress;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>Writes the state of a run as a checkpoint, and restores it.</summary>
internal sealed class RunCheckpoint(TrainingNetwork network, Optimizer optimizer, TrainingProgress progress, IReadOnlyList<string> dataClasses)
{
    private const string StateKey = "state";
    private const string FormatKey = "checkpoint";
    private const string Format = "1";
    private const int MostClasses = 10;
    private const string ModelPrefix = "model/";
    private const string AveragePrefix = "average/";
    private const string OptimizerPrefix = "optimizer/";

    /// <summary>The state of the run. The tensors are the run's own and change with the next step.</summary>
    public SafetensorsDraft Describe()
    {
        TrainingState state = progress.State with { OptimizerSteps = optimizer.Steps() };
        return new SafetensorsDraft(
            [
                .. Models().SelectMany(part => part.Model.state_dict().Select(pair => (part.Prefix + pair.Key, pair.Value))),
                .. optimizer.Tensors().Select(pair => (OptimizerPrefix + pair.Name, pair.Tensor)),
            ],
            new Dictionary<string, string>
            {
                [FormatKey] = Format,
                [StateKey] = JsonSerializer.Serialize(state, ContractJson.Options),
            });
    }

    /// <summary>The name in <see cref="TrainingNetwork.Result"/> of a tensor of the checkpoint.</summary>
    /// <returns>Null for all other tensors.</returns>
    public string? ResultName(string name)
    {
        string prefix = network.Average is null ? ModelPrefix : AveragePrefix;
        return name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : null;
    }

    /// <summary>Restores a new run from a checkpoint.</summary>
    /// <exception cref="SafetensorsException">It does not fit the run, which must not be used afterwards.</exception>
    public void Restore(SafetensorsContent content)
    {
        using IDisposable unrecorded = no_grad();
        TrainingState state = StateOf(content);
        if (state.Order != progress.State.Order)
        {
            throw new SafetensorsException($"it was made with another order of images ({state.Order}; now {progress.State.Order})");
        }

        if (state.Classes is { } classes && !classes.SequenceEqual(dataClasses))
        {
            throw new SafetensorsException($"it was made with other classes ({Name(classes)}; now {Name(dataClasses)})");
        }

        Hyperparameters own = progress.State.Configuration!;
        if (state.Configuration is { } made && !TrainsAlike(made, own, state.Epoch + (state.IterationInEpoch > 0 ? 1 : 0)))
        {
            throw new SafetensorsException("it was made with another configuration, which trains its epochs differently");
        }

        foreach ((string prefix, ImageModel model) in Models())
        {
            content.CopyTo(model, prefix);
        }

        optimizer.Load(
            state.OptimizerSteps,
            (name, parameter) => content.Require(OptimizerPrefix + name, parameter.shape));
        progress.State = state with { Classes = dataClasses, Configuration = own };
    }

    /// <summary>Whether two configurations train the first epochs alike. Names of runs whose weights are loaded do not matter: the same weights may have several.</summary>
    private static bool TrainsAlike(Hyperparameters made, Hyperparameters own, int epochs)
    {
        made = made with { Pretrained = own.Pretrained, Teacher = own.Teacher };
        return made == own || (epochs < made.Epochs && epochs < own.Epochs && (epochs == 0 || TrainingPrefix.Of(made, epochs) == TrainingPrefix.Of(own, epochs)));
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

    private IEnumerable<(string Prefix, ImageModel Model)> Models() => network.Average is { } average
        ? [(ModelPrefix, network.Model), (AveragePrefix, average.Model)]
        : [(ModelPrefix, network.Model)];

    private static string Name(IReadOnlyList<string> classes) =>
        string.Join(", ", classes.Take(MostClasses)) + (classes.Count > MostClasses ? $" and {classes.Count - MostClasses} more" : "");
}
