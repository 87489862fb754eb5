using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training;
using Experiments.GpuWorker.Training.Checkpoints;

namespace Experiments.GpuWorker.Compression;

/// <summary>Finds the network that teaches a run.</summary>
internal sealed class Teachers(IPretrainedRuns runs, TrainingDevice device)
{
    /// <param name="teacher">none, or run:&lt;id&gt;.</param>
    /// <param name="classes">The student's.</param>
    /// <returns>Null for none. The caller owns it.</returns>
    /// <exception cref="TrainingException">There is no such network, or it knows other classes (kind Invalid).</exception>
    public Teacher? Find(string teacher, IReadOnlyList<string> classes)
    {
        if (RunReference.IdOf(teacher) is not { } run)
        {
            return null;
        }

        string path = runs.FindBestWeights(run) ?? throw Invalid($"teacher \"{teacher}\": this worker finds no best weights of such a run");
        StoredModel stored = Load(teacher, path);
        try
        {
            IReadOnlyList<string> known = stored.Description.Classes;
            return known.SequenceEqual(classes)
                ? new Teacher(stored, device.Torch)
                : throw Invalid($"teacher \"{teacher}\" knows the classes {Quote(known)}; the data set has {Quote(classes)}");
        }
        catch
        {
            stored.Dispose();
            throw;
        }
    }

    private StoredModel Load(string teacher, string path)
    {
        try
        {
            return StoredModel.Load(path, device.Torch);
        }
        catch (Exception e) when (e is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            throw Invalid($"teacher \"{teacher}\" cannot be used: {e.Message}", e);
        }
    }

    private static string Quote(IReadOnlyList<string> classes)
    {
        const int Most = 10;
        string some = string.Join(", ", classes.Take(Most).Select(name => $"\"{name}\""));
        return classes.Count > Most ? $"{some} and {classes.Count - Most} more" : some;
    }

    private static TrainingException Invalid(string message, Exception? inner = null) => new(FailureKind.Invalid, message, inner);
}
