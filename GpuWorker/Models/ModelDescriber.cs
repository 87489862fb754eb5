using System.Runtime.InteropServices;
using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Models.Base;
using Experiments.ServiceDefaults.Messaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models;

/// <summary>Describes the layers of a network, by running it on an image.</summary>
internal static class ModelDescriber
{
    /// <summary>Twice what the API allows. libtorch allocates memory for any size, whether the machine has it or not.</summary>
    private const int LargestImage = 1024;
    private const int MostClasses = 100_000;

    public static Answer<ModelSummary, ModelRequestRefused> Answer(DescribeModel request)
    {
        if (request.Classes is < 1 or > MostClasses || request.ImageSize is < 1 or > LargestImage)
        {
            return new ModelRequestRefused(
                ModelRequestProblem.Shape,
                $"{request.Classes} classes and images of {request.ImageSize} pixels; allowed: 1 to {MostClasses} classes, 1 to {LargestImage} pixels");
        }

        try
        {
            return Describe(request.Model, new ModelShape(request.Classes, request.ImageSize, request.SmallInput));
        }
        catch (Exception e) when (e is TrainingException or ArgumentException or ExternalException)
        {
            // libtorch adds its own call stack below the message.
            return new ModelRequestRefused(ModelRequestProblem.Shape, e.Message.Split('\n')[0].Trim());
        }
    }

    /// <exception cref="TrainingException">There is no architecture of that name (kind Invalid).</exception>
    public static ModelSummary Describe(string name, ModelShape shape)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelRegistry.All[name](shape);
        model.eval();
        using var recorder = new LayerRecorder(model);
        model.call(zeros(1, 3, shape.ImageSize, shape.ImageSize));
        IReadOnlyList<LayerView> layers = recorder.Layers();
        long parameters = model.parameters().Sum(parameter => parameter.numel());
        return new ModelSummary
        {
            Name = name,
            Description = ModelCatalog.Find(name)?.Description ?? "",
            Classes = shape.Classes,
            ImageSize = shape.ImageSize,
            SmallInput = shape.SmallInput,
            Layers = layers,
            Parameters = parameters,
            HeadParameters = model.named_parameters().Where(pair => model.IsHead(pair.name)).Sum(pair => pair.parameter.numel()),
            MultiplyAdds = layers.Sum(layer => layer.MultiplyAdds ?? 0),
            ParameterBytes = parameters * sizeof(float),
            ActivationBytes = recorder.Elements * sizeof(float),
        };
    }
}
