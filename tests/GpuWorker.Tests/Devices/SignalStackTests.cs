using System.Runtime.CompilerServices;
using Experiments.GpuWorker.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Devices;

/// <summary>A failure of these ends the process.</summary>
public sealed class SignalStackTests
{
    [Fact]
    public void NullReference_AfterComputingInBFloat16_IsAnException()
    {
        bool isCaught = false;
        var thread = new Thread(() =>
        {
            TorchThreads.Use(1, flushDenormals: true);
            MultiplyInBFloat16();
            isCaught = ThrowsForNull();
        });
        thread.Start();
        thread.Join();

        Assert.True(isCaught);
    }

    [Fact]
    public void EnlargeOnThisThread_ManyThreads_EndAsUsual()
    {
        int caught = 0;
        for (int i = 0; i < 100; i++)
        {
            var thread = new Thread(() =>
            {
                SignalStack.EnlargeOnThisThread();
                Assert.False(SignalStack.EnlargeOnThisThread());
                caught += ThrowsForNull() ? 1 : 0;
            });
            thread.Start();
            thread.Join();
        }

        Assert.Equal(100, caught);
    }

    private static void MultiplyInBFloat16()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor left = randn(64, 256).to(ScalarType.BFloat16);
        Tensor right = randn(256, 256).to(ScalarType.BFloat16);
        left.mm(right);
    }

    private static bool ThrowsForNull()
    {
        try
        {
            LengthOf(null!);
            return false;
        }
        catch (NullReferenceException)
        {
            return true;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOf(string text) => text.Length;
}
