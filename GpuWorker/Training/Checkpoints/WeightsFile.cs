using System.Globalization;
using System.Text.Json;
using Experiments.GpuWorker.Models;
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
    public static void Save(TrainingSession session, string name)
    {
        var texts = new Dictionary<string, string>
        {
            ["format"] = "pt",
            ["model"] = session.Settings.Model,
            ["classes"] = JsonSerializer.Serialize(session.Data.Classes),
            ["imageSize"] = session.Data.ImageSize.ToString(CultureInfo.InvariantCulture),
            ["mean"] = JsonSerializer.Serialize(session.Data.Statistics.Mean),
            ["deviation"] = JsonSerializer.Serialize(session.Data.Statistics.Deviation),
            ["epoch"] = session.State.Epoch.ToString(CultureInfo.InvariantCulture),
        };
        AtomicFile.Write(
            session.File(name),
            stream => SafetensorsFile.Write(stream, session.Result.state_dict().Select(pair => (pair.Key, pair.Value)), texts));
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
