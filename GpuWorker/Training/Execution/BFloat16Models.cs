using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Grids;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Settings;
using TorchSharp;

namespace Experiments.GpuWorker.Training.Execution;

/// <summary>The models that <c>precision: auto</c> trains in bfloat16 on this worker: measured once per machine and version, and kept in a file.</summary>
/// <param name="file">Where the measured gains are kept; replaced when it is of another machine or version, or cannot be read.</param>
/// <param name="machine">Names what the gains depend on: processor, device, threads, version.</param>
/// <param name="gainOf">Null on a device without instructions for bfloat16, where no model is faster. Time of a model's step in float32 divided by its time in bfloat16.</param>
public sealed class BFloat16Models(string file, string machine, Func<string, double>? gainOf, ILogger<BFloat16Models> logger)
{
    /// <summary>The smallest gain that is worth the digits.</summary>
    public const double SmallestGain = 1.15;

    /// <summary>Models whose accuracy in bfloat16 is that of float32 within the differences between seeds; <c>BFloat16AccuracyTests</c> compares it.</summary>
    public static IReadOnlyList<string> Candidates { get; } =
        [.. ModelCatalog.Architectures.Where(architecture => architecture.IsAccurateInBFloat16).Select(architecture => architecture.Info.Name)];

    /// <summary>What the gains depend on: the machine and its processor, the device, the threads, the versions of libtorch and of the trainer.</summary>
    public static string Describe(TrainingDevice device, TrainingOptions options)
    {
        int processor = X86Base.IsSupported ? X86Base.CpuId(1, 0).Eax : 0;
        return FormattableString.Invariant(
            $"{Environment.MachineName}, {RuntimeInformation.ProcessArchitecture} {processor:x}, {device.Name}, {options.Threads} threads, libtorch {torch.__version__}, trainer {RunKey.TrainerVersion}");
    }

    /// <summary>Whether the device may be faster in bfloat16.</summary>
    public bool IsSupported => gainOf is not null;

    /// <summary>Measures where that was not done before, which takes seconds.</summary>
    public IReadOnlyList<string> Find()
    {
        if (gainOf is null)
        {
            return [];
        }

        IReadOnlyDictionary<string, double> gains = Read() ?? Measure(gainOf);
        return [.. Candidates.Where(model => gains.GetValueOrDefault(model) >= SmallestGain)];
    }

    private Dictionary<string, double>? Read()
    {
        try
        {
            Measured? measured = JsonSerializer.Deserialize<Measured>(File.ReadAllBytes(file));
            return measured?.Machine == machine && measured.Gains is { } gains && Candidates.All(gains.ContainsKey) ? gains : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private Dictionary<string, double> Measure(Func<string, double> measure)
    {
        var gains = Candidates.ToDictionary(model => model, model => measure(model) is var gain && double.IsFinite(gain) ? gain : 0);
        foreach ((string model, double gain) in gains)
        {
            logger.LogInformation("A step of {Model} is {Gain:F2} times as fast in bfloat16 as in float32", model, gain);
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            AtomicFile.Write(file, stream => JsonSerializer.Serialize(stream, new Measured(machine, gains)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("The gains of bfloat16 cannot be kept in {File} and are measured again at the next start: {Problem}", file, exception.Message);
        }

        return gains;
    }

    private sealed record Measured(string Machine, Dictionary<string, double>? Gains);
}
