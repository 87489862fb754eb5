using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Pretrained.Stored;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Identifies the architecture of weights that do not fit: often a smaller or larger model of the same family.</summary>
internal static class OtherArchitectures
{
    private const int AnyClasses = 2;

    private static readonly bool[] UsualStem = [false];
    private static readonly bool[] BothStems = [false, true];

    /// <param name="settings">The hyperparameters of the run that the file does not fit, with resolved image size and small input.</param>
    /// <returns>The model that takes every tensor of the file's backbone; null if there is none, or if it is the run's own.</returns>
    public static string? Find(IStoredWeights weights, Hyperparameters settings)
    {
        IReadOnlyList<ModelInfo> family = ModelFamilies.All.First(family => family.Models.Any(model => model.Name == settings.Model)).Models;
        (string Model, int Fitting) best = family
            .SelectMany(model => (model.SmallInput ? BothStems : UsualStem).Select(smallInput => (model.Name, Fitting(weights, model.Name, settings.ImageSize!.Value, smallInput))))
            .MaxBy(candidate => candidate.Item2);
        return best.Fitting > 0 && best.Model != settings.Model ? best.Model : null;
    }

    /// <returns>The number of fitting tensors; 0 if the backbone differs.</returns>
    private static int Fitting(IStoredWeights weights, string name, int imageSize, bool smallInput)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelRegistry.All[name](new ModelShape(AnyClasses, imageSize, smallInput));
        try
        {
            Reading reading = new Readings(model).Find(weights.StateDicts).Best;
            Dictionary<string, Tensor> state = model.state_dict();
            bool fits = reading.IsComplete
                && ForeignLayers.In(model, reading).Backbone.Count == 0
                && reading.Names.All(item => model.DependsOnClasses(item.Key) || reading.Tensors.ShapeOf(item.Value).AsSpan().SequenceEqual(state[item.Key].shape));
            return fits ? reading.Fitting : 0;
        }
        catch (SafetensorsException)
        {
            return 0;
        }
    }
}
