using System.Globalization;
using Experiments.Benchmarks.Training;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Devices;
using static TorchSharp.torch;

namespace Experiments.Benchmarks.Device;

/// <summary>Images per second of the bare step, by precision and memory format.</summary>
internal sealed class DeviceRates(TrainingDevice device, DeviceSize size, DeviceReport report)
{
    private const string Part = "Bare step: images/s by precision";

    public void Run()
    {
        foreach (string model in size.Models)
        {
            Hyperparameters plain = Hyperparameters.Default with
            {
                Model = model,
                ImageSize = Math.Max(32, ModelCatalog.Find(model)!.MinimumImageSize),
                BatchSize = size.BatchSize,
                ChannelsLast = false,
            };
            Hyperparameters half = plain with { Precision = Precision.BFloat16 };
            double exact = Rate(plain, shortened: false);
            var rates = new List<string> { $"float32 {Text(exact)}" };
            if (device.CudaIndex is not null)
            {
                rates.Add($"TF32 {Ratio(Rate(plain, shortened: true), exact)}");
            }

            rates.Add($"channels last {Ratio(Rate(plain with { ChannelsLast = true }, shortened: false), exact)}");
            if (BFloat16Support.Has(device))
            {
                rates.Add($"bfloat16 {Ratio(Rate(half, shortened: false), exact)}");
                rates.Add($"both {Ratio(Rate(half with { ChannelsLast = true }, shortened: false), exact)}");
            }
            else
            {
                // Each number would be converted, at a tenth of the speed or less.
                rates.Add("bfloat16 not measured: the device has no instructions for it");
            }

            report.Figure(Part, $"{model}, {plain.ImageSize} pixels, batches of {plain.BatchSize}", string.Join("; ", rates));
        }
    }

    /// <param name="shortened">Whether GPUs may use TF32.</param>
    private double Rate(Hyperparameters settings, bool shortened)
    {
        (bool products, bool convolutions) before = device.CudaIndex is null ? default : (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32);
        try
        {
            Allow(shortened, shortened);
            using var host = new TrainingHost(device.Name);
            using var step = new BareStep(host, host.Job(settings, new DatasetSpec { Name = "digits", Limit = 2 * size.BatchSize }));
            step.TrainingRate(size.Time / 5);
            return step.TrainingRate(size.Time);
        }
        finally
        {
            Allow(before.products, before.convolutions);
        }
    }

    private void Allow(bool products, bool convolutions)
    {
        if (device.CudaIndex is not null)
        {
            backends.cuda.matmul.allow_tf32 = products;
            backends.cudnn.allow_tf32 = convolutions;
        }
    }

    private static string Ratio(double rate, double exact) => $"{Text(rate)} (× {(rate / exact).ToString("F2", CultureInfo.InvariantCulture)})";

    private static string Text(double rate) => rate.ToString("F0", CultureInfo.InvariantCulture);
}
