using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Experiments.GpuWorker.Devices;

/// <summary>
/// The calls of the NVIDIA Management Library that monitoring needs (NVML API reference, "Device Queries"). A null handle means
/// a GPU that cannot be monitored.
/// </summary>
internal static partial class NvidiaManagement
{
    private const string Library = "libnvidia-ml.so.1";
    private const int Success = 0;
    private const int NameBytes = 96;
    private const int SensorOfTheGpu = 0;

    /// <param name="visible">CUDA_VISIBLE_DEVICES: CUDA numbers only these GPUs, the library numbers all.</param>
    public static IntPtr Open(string? visible, int cudaIndex)
    {
        try
        {
            return Initialize() == Success ? Find(visible, cudaIndex) : IntPtr.Zero;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return IntPtr.Zero;
        }
    }

    public static string? NameOf(IntPtr device)
    {
        byte[] name = new byte[NameBytes];
        return device != IntPtr.Zero && GetName(device, name, NameBytes) == Success
            ? Encoding.ASCII.GetString(name).TrimEnd('\0')
            : null;
    }

    /// <summary>Bytes.</summary>
    public static (long Used, long Total) MemoryOf(IntPtr device) =>
        device != IntPtr.Zero && GetMemory(device, out Memory memory) == Success
            ? ((long)memory.Used, (long)memory.Total)
            : (0, 0);

    /// <summary>0 to 1.</summary>
    public static double UtilizationOf(IntPtr device) =>
        device != IntPtr.Zero && GetUtilization(device, out Utilization utilization) == Success ? utilization.Gpu / 100.0 : 0;

    /// <summary>Degrees Celsius.</summary>
    public static int? TemperatureOf(IntPtr device) =>
        device != IntPtr.Zero && GetTemperature(device, SensorOfTheGpu, out uint degrees) == Success ? (int)degrees : null;

    private static IntPtr Find(string? visible, int cudaIndex)
    {
        string[] names = string.IsNullOrWhiteSpace(visible) ? [] : visible.Split(',', StringSplitOptions.TrimEntries);
        string name = cudaIndex < names.Length ? names[cudaIndex] : cudaIndex.ToString(CultureInfo.InvariantCulture);
        bool found = uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out uint index)
            ? GetByIndex(index, out IntPtr device) == Success
            : GetByUuid(name, out device) == Success;
        return found ? device : IntPtr.Zero;
    }

    [LibraryImport(Library, EntryPoint = "nvmlInit_v2")]
    private static partial int Initialize();

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByIndex_v2")]
    private static partial int GetByIndex(uint index, out IntPtr device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByUUID", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetByUuid(string uuid, out IntPtr device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetName")]
    private static partial int GetName(IntPtr device, byte[] name, uint length);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMemoryInfo")]
    private static partial int GetMemory(IntPtr device, out Memory memory);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetUtilizationRates")]
    private static partial int GetUtilization(IntPtr device, out Utilization utilization);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetTemperature")]
    private static partial int GetTemperature(IntPtr device, int sensor, out uint degrees);

    [StructLayout(LayoutKind.Sequential)]
    private struct Memory
    {
        public ulong Total;
        public ulong Free;
        public ulong Used;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Utilization
    {
        public uint Gpu;
        public uint Memory;
    }
}
