using Experiments.GpuWorker.Training.Steps;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Steps;

public class GradientClippingTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1000)]
    public void FactorOf_AnyBound_ScalesAsTorchDoes(double longest)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter[] parameters = [WithGradient(3, 4), WithGradient(5), nn.Parameter(zeros(2))];
        Tensor[] before = [.. parameters.Take(2).Select(parameter => parameter.grad!.clone())];

        float factor = GradientClipping.FactorOf(parameters, longest);
        nn.utils.clip_grad_norm_(parameters.Take(2), longest);

        for (int i = 0; i < before.Length; i++)
        {
            Assert.True((before[i] * factor).allclose(parameters[i].grad!, rtol: 1e-6));
        }
    }

    [Fact]
    public void FactorOf_NoGradients_IsOne()
    {
        using Parameter parameter = nn.Parameter(zeros(2));

        Assert.Equal(1, GradientClipping.FactorOf([parameter], 0.1));
    }

    private static Parameter WithGradient(params long[] shape)
    {
        Parameter parameter = nn.Parameter(zeros(shape));
        parameter.grad = (arange(parameter.numel(), ScalarType.Float32) + 1).reshape(shape);
        return parameter;
    }
}
