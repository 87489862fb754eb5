using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>
/// Virtual machines on AMD's processors that hide the sizes of the caches. oneDNN 3.7, which libtorch 2.10 computes convolutions with, takes them
/// for caches of one byte. For some numbers of channels it then divides by zero while it plans a 1×1 convolution, which ends the process
/// (<c>est_eff_1x1</c> in oneDNN's <c>jit_brgemm_conv_utils.cpp</c>). See docs/decisions/0030-pointwise-convolutions-as-products.md.
/// </summary>
internal static class HiddenCaches
{
    /// <summary>AMD's CPUID function that describes the caches; its part 0 is the first data cache.</summary>
    private const int CacheProperties = unchecked((int)0x8000001D);

    /// <summary>The numbers of channels, in and out, for which oneDNN computes with whole numbers.</summary>
    private static readonly (long Inputs, long Outputs)[] Failing = [(1024, 2048), (1024, 512), (256, 1024), (512, 1024), (512, 2048)];

    /// <summary>Whether this processor is one of those.</summary>
    public static bool AreHere { get; } = Detect();

    /// <summary>
    /// Whether a 1×1 convolution of these numbers of channels ends the process on such a machine. Its gradient with respect to the images is planned as
    /// a convolution in the other direction.
    /// </summary>
    public static bool Break(long inputs, long outputs) => Failing.Contains((inputs, outputs)) || Failing.Contains((outputs, inputs));

    private static bool Detect()
    {
        if (!X86Base.IsSupported)
        {
            return false;
        }

        (_, int ebx, int ecx, int edx) = X86Base.CpuId(0, 0);
        string vendor = Encoding.ASCII.GetString([.. BitConverter.GetBytes(ebx), .. BitConverter.GetBytes(edx), .. BitConverter.GetBytes(ecx)]);
        (_, int lines, int sets, _) = X86Base.CpuId(CacheProperties, 0);
        return vendor == "AuthenticAMD" && lines == 0 && sets == 0;
    }
}
