using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Execution;
using Experiments.GpuWorker.Training.Progress;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>
/// A model's weights under torchvision's names, with texts that describe their use: architecture, classes, image size and
/// normalization.
/// </summary>
internal sealed class WeightsFile(TrainingJob job, TrainingData data, TrainingNetwork network, TrainingProgress progress)
{
    /// <summary>Saves the weights of <see cref="TrainingNetwork.Result"/>.</summary>
    /// <param name="name">The file's, in the run's folder.</param>
    /// <exception cref="IOException">It cannot be written; the previous file is intact.</exception>
    public void Save(string name) => AtomicFile.Write(job.PathOf(name), Describe().WriteTo);

    /// <summary>What <see cref="Save"/> writes. The tensors are the network's own and change with the next step.</summary>
    public SafetensorsDraft Describe()
    {
        var description = new WeightsDescription(
            job.Hyperparameters.Model,
            data.Classes,
            data.ImageSize,
            job.Hyperparameters.SmallInput!.Value,
            data.Statistics,
            progress.State.Epoch);
        return new SafetensorsDraft([.. network.Result.state_dict().Select(pair => (pair.Key, pair.Value))], description.ToMetadata());
    }

    /// <summary>Puts stored weights into a model of the same shape.</summary>
    /// <exception cref="SafetensorsException">They do not match the model.</exception>
    public static void Load(string path, ImageModel model)
    {
        using IDisposable unrecorded = no_grad();
        using SafetensorsContent content = SafetensorsFile.Read(path, requireChecksum: true);
        content.CopyTo(model);
    }
}
