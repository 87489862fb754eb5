using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>
/// A model's weights under torchvision's names, and as texts what is needed to use them: architecture, classes, image size and
/// normalisation.
/// </summary>
internal static class WeightsFile
{
    /// <summary>Saves what the session has come to: the average of the weights where it keeps one.</summary>
    /// <exception cref="IOException">It cannot be written; what was there before is still there.</exception>
    public static void Save(TrainingSession session, string name) => AtomicFile.Write(session.File(name), Describe(session).WriteTo);

    /// <summary>What <see cref="Save"/> writes. The tensors stay the session's own and change with the next step.</summary>
    public static SafetensorsDraft Describe(TrainingSession session)
    {
        var description = new WeightsDescription(
            session.Settings.Model,
            session.Data.Classes,
            session.Data.ImageSize,
            session.Settings.SmallInput!.Value,
            session.Data.Statistics,
            session.State.Epoch);
        return new SafetensorsDraft([.. session.Result.state_dict().Select(pair => (pair.Key, pair.Value))], description.ToMetadata());
    }

    /// <summary>Puts stored weights into a model of the same shape.</summary>
    /// <exception cref="SafetensorsException">They do not fit.</exception>
    public static void Load(string path, ImageModel model)
    {
        using IDisposable unrecorded = no_grad();
        using SafetensorsContent content = SafetensorsFile.Read(path, requireChecksum: true);
        foreach ((string name, Tensor tensor) in model.state_dict())
        {
            tensor.copy_(content.Require(name, tensor.shape));
        }
    }
}
