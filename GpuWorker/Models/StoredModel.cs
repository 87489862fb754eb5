using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models.Base;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models;

/// <summary>A trained model loaded from its file alone: the network, in evaluation mode, and the description of its inputs and outputs.</summary>
internal sealed class StoredModel : IDisposable
{
    private StoredModel(ImageModel model, WeightsDescription description)
    {
        Model = model;
        Description = description;
    }

    public ImageModel Model { get; }

    public WeightsDescription Description { get; }

    /// <exception cref="SafetensorsException">The file is damaged, was not written by a run, or does not match the network that it names.</exception>
    /// <exception cref="TrainingException">This worker does not support the network (kind Invalid).</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StoredModel Load(string path, Device device)
    {
        // Modules detach their parameters from scopes; this one disposes the temporaries of building them.
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using SafetensorsContent content = SafetensorsFile.Read(path, requireChecksum: true);
        WeightsDescription description = WeightsDescription.Read(content.Metadata);
        ImageModel model = ModelRegistry.All[description.Model](
            new ModelShape(description.Classes.Count, description.ImageSize, description.SmallInput));
        try
        {
            content.CopyTo(model);
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
