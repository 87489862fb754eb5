using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models;

/// <summary>A trained model from its file alone: the network, in evaluation mode, and what its images and answers mean.</summary>
internal sealed class StoredModel : IDisposable
{
    private StoredModel(ImageModel model, WeightsDescription description)
    {
        Model = model;
        Description = description;
    }

    public ImageModel Model { get; }

    public WeightsDescription Description { get; }

    /// <exception cref="SafetensorsException">The file is damaged, is not one of <see cref="WeightsFile"/>'s, or does not fit the network that it names.</exception>
    /// <exception cref="TrainingException">This worker does not know the network (kind Invalid).</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StoredModel Load(string path, Device device)
    {
        // Modules keep their parameters out of scopes; what building them leaves behind goes with this one.
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using SafetensorsContent content = SafetensorsFile.Read(path, requireChecksum: true);
        WeightsDescription description = WeightsDescription.Read(content.Metadata);
        ImageModel model = ModelRegistry.All[description.Model](
            new ModelShape(description.Classes.Count, description.ImageSize, description.SmallInput));
        try
        {
            foreach ((string name, Tensor tensor) in model.state_dict())
            {
                tensor.copy_(content.Require(name, tensor.shape));
            }

            model.to(device);
            model.eval();
            return new StoredModel(model, description);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public void Dispose() => Model.Dispose();
}
