using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training.Pretrained;

namespace Experiments.GpuWorker.Distillation;

/// <summary>Loads the teacher of a run.</summary>
internal sealed class Teachers(IPretrainedRuns runs, TrainingDevice device, ILogger<Teachers> logger)
{
    private const int MostNamed = 10;

    /// <param name="teacher">none, or run:&lt;id&gt;.</param>
    /// <param name="classes">The student's.</param>
    /// <returns>Null for none. The caller owns it.</returns>
    /// <exception cref="TrainingException">There is no such network, or it has other classes (kind Invalid). The same classes in another order are reordered.</exception>
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
            int[] order = ClassOrder.Find(known, classes)
                ?? throw Invalid($"teacher \"{teacher}\" knows the classes {NameList.Of(known, MostNamed)}; the data set has {NameList.Of(classes, MostNamed)}");
            if (!ClassOrder.IsSame(order))
            {
                ClassOrder.Apply(stored.Model, order);
                logger.LogInformation("Teacher {Teacher} knows the classes in the order {Classes}; its outputs are reordered to the data set's by name", teacher, known);
            }

            return new Teacher(stored, device.Torch);
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

    private static TrainingException Invalid(string message, Exception? inner = null) => new(FailureKind.Invalid, message, inner);
}
