using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Experiments.AppHost.Workers;

/// <summary>Finds NVIDIA GPUs.</summary>
internal static class GpuCount
{
    /// <summary>Linux shows the devices as files; elsewhere nvidia-smi lists them, one per line.</summary>
    public static int OfThisMachine()
    {
        int devices = Directory.Exists("/dev") ? Directory.GetFiles("/dev", "nvidia*").Count(IsDevice) : 0;
        return devices > 0 ? devices : Listed();
    }

    private static bool IsDevice(string path) =>
        int.TryParse(Path.GetFileName(path)["nvidia".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static int Listed()
    {
        try
        {
            using Process tool = Process.Start(new ProcessStartInfo("nvidia-smi", "-L") { RedirectStandardOutput = true })!;
            return tool.StandardOutput.ReadToEnd().Split('\n').Count(line => line.StartsWith("GPU ", StringComparison.Ordinal));
        }
        catch (Win32Exception)
        {
            // Without the tool there is no NVIDIA GPU.
            return 0;
        }
    }
}
