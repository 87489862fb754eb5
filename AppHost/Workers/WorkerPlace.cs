using System.Globalization;
using Experiments.AppHost.Settings;

namespace Experiments.AppHost.Workers;

/// <summary>One worker and the device that it trains on.</summary>
/// <param name="Name">The name of the resource, and the worker's id.</param>
/// <param name="Device">A value of <c>Worker:Device</c>.</param>
/// <param name="VisibleGpu">The value of <c>CUDA_VISIBLE_DEVICES</c>: the number of the worker's GPU; empty for none.</param>
/// <param name="Threads">CPU threads; null for the worker's default.</param>
/// <param name="IsSpare">True if it does not start with the system but on a user's request.</param>
internal sealed record WorkerPlace(string Name, string Device, string VisibleGpu, int? Threads, bool IsSpare)
{
    public static IEnumerable<WorkerPlace> All(AppHostSettings settings)
    {
        int onGpus = settings.Gpus * settings.WorkersPerGpu;
        int spareOnGpus = settings.Gpus > 0 ? settings.SpareWorkers : 0;
        for (int number = 0; number < onGpus + spareOnGpus; number++)
        {
            string gpu = Text(number % settings.Gpus);
            int ofGpu = number / settings.Gpus;
            string name = ofGpu == 0 ? $"worker-gpu{gpu}" : $"worker-gpu{gpu}-{Text(ofGpu + 1)}";
            yield return new WorkerPlace(name, "cuda:0", gpu, null, number >= onGpus);
        }

        for (int number = 0; number < settings.CpuWorkers + settings.SpareWorkers - spareOnGpus; number++)
        {
            yield return new WorkerPlace($"worker-cpu{Text(number)}", "cpu", "", settings.ThreadsPerCpuWorker, number >= settings.CpuWorkers);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
