using Experiments.GpuWorker.Compression;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Compression;

public sealed class Int8WeightTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    [Theory]
    [InlineData(new long[] { 5, 3, 3, 3 })]
    [InlineData(new long[] { 7, 11 })]
    public void Of_AnyWeight_IsWithinHalfAScaleOfIt(long[] shape)
    {
        using var generator = new Generator(1);
        Tensor weight = randn(shape, generator: generator);

        Int8Weight quantized = Int8Weight.Of(weight);

        Tensor errors = (quantized.ToFloat() - weight).flatten(1).abs();
        Assert.Equal(ScalarType.Int8, quantized.Values.dtype);
        Assert.Equal(shape, quantized.Values.shape);
        Assert.Equal([shape[0]], quantized.Scales.shape);
        Assert.True(errors.le((quantized.Scales.unsqueeze(1) / 2) + 1e-6).all().item<bool>());
        Assert.True(quantized.Values.to_type(ScalarType.Int32).flatten(1).abs().amax([1]).eq(127).all().item<bool>());
    }

    [Fact]
    public void Of_ChannelOfZeros_StaysZeros()
    {
        Tensor weight = tensor(new[] { 0f, 0, 0, 1, -2, 0 }).view(2, 3);

        Int8Weight quantized = Int8Weight.Of(weight);

        Assert.Equal([0, 0, 0, 64, -127, 0], quantized.Values.data<sbyte>().ToArray().Select(value => (int)value));
        Assert.Equal([0f, 0, 0], quantized.ToFloat().data<float>().ToArray().Take(3));
    }

    public void Dispose() => _scope.Dispose();
}
