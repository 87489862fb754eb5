using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Files;

namespace Experiments.GpuWorker.Training.Pretrained;

/// <summary>Records the initial weights of a run.</summary>
internal static class InitializationFile
{
    private static readonly JsonSerializerOptions Indented = new(ContractJson.Options) { WriteIndented = true };

    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(string folder, Initialization initialization) => AtomicFile.Write(
        Path.Combine(folder, Initialization.FileName),
        stream => JsonSerializer.Serialize(stream, initialization, Indented));

    /// <summary>Copies the record: an attempt that resumes from a checkpoint has the same initial weights.</summary>
    public static void TakeOver(string from, string folder)
    {
        string path = Path.Combine(from, Initialization.FileName);
        if (File.Exists(path))
        {
            AtomicFile.Write(Path.Combine(folder, Initialization.FileName), target =>
            {
                using FileStream source = File.OpenRead(path);
                source.CopyTo(target);
            });
        }
    }
}
