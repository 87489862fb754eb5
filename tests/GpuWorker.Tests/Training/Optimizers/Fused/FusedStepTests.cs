using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Training.Optimizers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Optimizers.Fused;

/// <summary>The pass over main memory gives the same result as the rule's libtorch operations, for any division among threads.</summary>
public class FusedStepTests
{
    private const double Rate = 0.01;

    public static TheoryData<string> Names => [.. OptimizerRegistry.All.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_AnyLengthAndThreads_IsTheSameBits(string name)
    {
        using DisposeScope scope = NewDisposeScope();

        // Shorter than a vector, not a multiple of one, and more than a thread takes at a time.
        long[] lengths = [1, 7, 9, 100_003, 65_536];

        Tensor[] alone = [.. lengths.Select(length => Train(name, [length], threads: 1)[0])];
        Tensor[] together = Train(name, lengths, threads: 3);

        for (int i = 0; i < lengths.Length; i++)
        {
            Assert.True(alone[i].equal(together[i]).all().item<bool>(), $"{lengths[i]} elements");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_ParameterThatIsAView_IsUpdatedByOperationsAlike(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using Parameter whole = nn.Parameter(Values(50));
        Tensor spread = zeros(50, 2);
        spread.select(1, 0).copy_(whole.detach());
        using Parameter view = nn.Parameter(spread.select(1, 0));

        Update(name, whole, new OptimizerStep { LearningRateOf = _ => Rate, GradientFactor = 0.5f });
        Update(name, view, new OptimizerStep { LearningRateOf = _ => Rate, GradientFactor = 0.5f });

        Assert.False(whole.equal(Values(50)).all().item<bool>());
        Assert.True(whole.allclose(view, rtol: 1e-6, atol: 1e-7));
        Assert.All(spread.select(1, 1).data<float>().ToArray(), neighbor => Assert.Equal(0, neighbor));
    }

    [Theory]
    [InlineData(0.25f)]
    [InlineData(0.75f)]
    [InlineData(1f)]
    public void Step_WithAverage_MovesItAsLerpDoes(float share)
    {
        using DisposeScope scope = NewDisposeScope();
        using Parameter parameter = nn.Parameter(Values(37));
        Tensor average = Values(37) * 3;
        Tensor before = average.clone();

        IReadOnlySet<string> averaged = Update("adam", parameter, new OptimizerStep
        {
            LearningRateOf = _ => Rate,
            AverageOf = _ => average,
            AverageShare = share,
        });

        Assert.Equal(["weight"], averaged);
        Assert.True(average.allclose(before.lerp(parameter.detach(), tensor(share)), rtol: 1e-6, atol: 1e-7));
    }

    [Fact]
    public void Step_KeepsZeros_LeavesPrunedElementsAlone()
    {
        using DisposeScope scope = NewDisposeScope();
        using Parameter parameter = nn.Parameter(Values(37));
        using (no_grad())
        {
            parameter[torch.TensorIndex.Slice(0, null, 3)] = 0;
        }

        Update("sgd", parameter, new OptimizerStep { LearningRateOf = _ => Rate, KeepsZeros = _ => true });

        float[] values = parameter.detach().data<float>().ToArray();
        Assert.All(values.Where((_, i) => i % 3 == 0), value => Assert.Equal(0, value));
        Assert.All(values.Where((_, i) => i % 3 != 0), value => Assert.NotEqual(0, value));
    }

    private static Tensor[] Train(string name, long[] lengths, int threads)
    {
        (string, Parameter)[] parameters = [.. lengths.Select((length, i) => ($"{i}", nn.Parameter(Values(length))))];
        Hyperparameters settings = Hyperparameters.Default with { Momentum = 0.9, WeightDecay = 0.01 };
        using var optimizer = new Optimizer(OptimizerRegistry.All[name](settings), parameters, threads);
        for (int step = 0; step < 5; step++)
        {
            foreach ((_, Parameter parameter) in parameters)
            {
                parameter.grad = parameter.detach().sin();
            }

            optimizer.Step(new OptimizerStep { LearningRateOf = _ => Rate });
        }

        return [.. parameters.Select(pair => pair.Item2.detach())];
    }

    private static IReadOnlySet<string> Update(string name, Parameter parameter, OptimizerStep step)
    {
        Hyperparameters settings = Hyperparameters.Default with { Momentum = 0.9, WeightDecay = 0.01 };
        using var optimizer = new Optimizer(OptimizerRegistry.All[name](settings), [("weight", parameter)], threads: 2);
        parameter.grad = parameter.detach().sin();
        return optimizer.Step(step);
    }

    private static Tensor Values(long count) => (arange(count, ScalarType.Float32) + 1).cos();
}
