using Experiments.GpuWorker.Models.Transformers;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Transformers;

public class TransformerInitializationTests
{
    [Fact]
    public void TruncatedNormal_SmallDeviation_IsNormalWithoutOutliers()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = Draw(0.02);

        Assert.Equal(0, weight.mean().item<float>(), tolerance: 1e-4);
        Assert.Equal(0.02, weight.std().item<float>(), tolerance: 1e-4);
        Assert.InRange(weight.abs().max().item<float>(), 4 * 0.02, 6 * 0.02);
        Assert.Equal(0.6827, weight.abs().lt(0.02).to_type(ScalarType.Float32).mean().item<float>(), tolerance: 1e-2);
    }

    [Fact]
    public void TruncatedNormal_DeviationNearTheBound_StaysInside()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = Draw(2);

        // For the normal distribution truncated at one deviation, the standard deviation is 0.5396 times that of the full distribution.
        Assert.InRange(weight.abs().max().item<float>(), 1.99, 2);
        Assert.Equal(2 * 0.5396, weight.std().item<float>(), tolerance: 1e-2);
    }

    [Fact]
    public void TruncatedNormal_SameSeed_IsTheSameWhateverTheGlobalGeneratorDid()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor first = Draw(0.02);
        manual_seed(3);

        Assert.True(first.equal(Draw(0.02)).all().item<bool>());
    }

    [Fact]
    public void XavierUniform_Always_HasTheVarianceOfInputsAndOutputs()
    {
        using DisposeScope scope = NewDisposeScope();
        using var generator = new Generator(5);
        Tensor weight = empty(300, 700);
        TransformerInitialization.XavierUniform(weight, generator);

        Assert.Equal(Math.Sqrt(2.0 / 1000), weight.std().item<float>(), tolerance: 1e-3);
        Assert.InRange(weight.abs().max().item<float>(), 0.0770, Math.Sqrt(6.0 / 1000));
    }

    private static Tensor Draw(double deviation)
    {
        using var generator = new Generator(5);
        Tensor weight = empty(1000, 500);
        TransformerInitialization.TruncatedNormal(weight, deviation, generator);
        return weight;
    }
}
