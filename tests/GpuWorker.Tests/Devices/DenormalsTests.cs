using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Training.Optimizers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Devices;

/// <summary>
/// Each computation is large enough for several threads, and all its results are denormal numbers. Each runs on its own thread: the setting stays
/// with a thread, and with those that libtorch starts from it.
/// </summary>
public class DenormalsTests
{
    // Two factors whose product, and any sum of a few hundred of them, is denormal.
    private const float Small = 1e-20f;
    private const float Smaller = 1e-21f;

    private static readonly Dictionary<string, Func<Tensor>> Computations = new()
    {
        ["product of elements"] = () => full(1 << 20, Small) * full(1 << 20, Smaller),
        ["matrix product"] = () => full([512, 256], Small).mm(full([256, 512], Smaller)),
        ["convolution"] = () => nn.functional.conv2d(full([8, 16, 32, 32], Small), full([16, 16, 3, 3], Smaller)),
        ["backward of a convolution"] = () => GradientOf(
            full([16, 16, 3, 3], Small), weight => nn.functional.conv2d(full([8, 16, 8, 8], Small), weight), Smaller / 100),
        ["backward of a linear layer"] = () => GradientOf(full([256, 256], Small), weight => nn.functional.linear(full([256, 256], Small), weight), Smaller),
        ["optimizer"] = Momentum,
    };

    public static TheoryData<string> Names => [.. Computations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Use_FlushDenormals_AllThreadsTakeThemForZero(string computation)
    {
        Assert.Equal(0, NonZeroOf(Computations[computation], flush: true));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Use_KeepDenormals_ResultsAreThere(string computation)
    {
        Assert.NotEqual(0, NonZeroOf(Computations[computation], flush: false));
    }

    private static long NonZeroOf(Func<Tensor> compute, bool flush)
    {
        long count = 0;
        var thread = new Thread(() =>
        {
            TorchThreads.Use(2, flush);
            using DisposeScope scope = NewDisposeScope();
            Tensor result = compute();

            // By its bits: comparisons also treat denormal numbers as zero.
            count = result.contiguous().bytes.ToArray().Count(part => part != 0);
        });
        thread.Start();
        thread.Join();
        return count;
    }

    private static Tensor GradientOf(Tensor value, Func<Tensor, Tensor> compute, float outer)
    {
        using Parameter weight = nn.Parameter(value);
        Tensor output = compute(weight);
        output.backward([full_like(output, outer)]);
        return weight.grad!.detach().clone();
    }

    private static Tensor Momentum()
    {
        using Parameter parameter = nn.Parameter(zeros(1 << 18));
        Hyperparameters settings = Hyperparameters.Default with { Momentum = Small };
        using var optimizer = new Optimizer(OptimizerRegistry.All["sgd"](settings), [("weight", parameter)], threads: 2);
        foreach (float gradient in (float[])[Smaller, 0])
        {
            parameter.grad = full_like(parameter, gradient);
            optimizer.Step(new OptimizerStep { LearningRateOf = _ => 0 });
        }

        return optimizer.Tensors().Single().Tensor.clone();
    }
}
