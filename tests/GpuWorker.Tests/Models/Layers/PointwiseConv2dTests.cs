using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Layers;

public sealed class PointwiseConv2dTests
{
    [Theory]
    [InlineData(1, 6, false)]
    [InlineData(1, 6, true)]
    [InlineData(2, 6, false)]
    [InlineData(2, 7, true)]
    public void Output_AndGradients_AreThoseOfTorchsConvolution(long stride, long side, bool channelsLast)
    {
        using DisposeScope scope = NewDisposeScope();
        var generator = new Generator(5);
        Tensor images = randn([3, 8, side, side], generator: generator);
        images = channelsLast ? images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : images;
        using Conv2d usual = nn.Conv2d(8, 4, 1, stride: stride, bias: false);
        using var product = new PointwiseConv2d(8, 4, stride);
        using (no_grad())
        {
            product.Weight.copy_(usual.weight);
        }

        Tensor[] expected = Results(usual, usual.weight!);
        Tensor[] actual = Results(product, product.Weight);

        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.Equal(pair.First.shape, pair.Second.shape);
            Assert.True(allclose(pair.First, pair.Second, rtol: 1e-5, atol: 1e-6));
        });

        Tensor[] Results(nn.Module<Tensor, Tensor> layer, Tensor weight)
        {
            Tensor input = images.detach().clone().requires_grad_();
            Tensor output = layer.call(input);
            output.square().sum().backward();
            return [output, input.grad!, weight.grad!];
        }
    }

    /// <summary>Moving replaces the weight, as moving to a GPU does.</summary>
    [Fact]
    public void Output_MovedToAnotherType_IsComputedInIt()
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = new PointwiseConv2d(8, 4, 2);
        using IDisposable unrecorded = no_grad();
        layer.Weight.fill_(0.5);

        layer.to(ScalarType.Float64);
        Tensor output = layer.call(ones([1, 8, 3, 3], ScalarType.Float64));

        Assert.Equal(ScalarType.Float64, output.dtype);
        Assert.Equal(4.0, output.mean().item<double>());
        Assert.Same(layer.Weight, Assert.Single(layer.parameters()));
    }

    [Fact]
    public void Weight_InTheStateOfANetwork_HasTheNameOfTorchs()
    {
        using var layer = new PointwiseConv2d(8, 4, 1);

        Assert.Equal(["weight"], layer.state_dict().Keys);
        Assert.Same(layer.Weight, Assert.Single(Convolutions.WeightsOf(nn.Sequential(layer))));
    }

    /// <summary>On a machine that hides its caches this test ends the process without the product.</summary>
    [Theory]
    [InlineData(256, 1024, 1)]
    [InlineData(512, 1024, 2)]
    [InlineData(512, 2048, 1)]
    [InlineData(1024, 512, 1)]
    [InlineData(1024, 2048, 2)]
    [InlineData(1024, 256, 1)]
    [InlineData(2048, 512, 1)]
    public void Pointwise_WithTheChannelsOfLargeResNets_ComputesOnThisMachine(long inputs, long outputs, long stride)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> layer = Convolutions.Pointwise(inputs, outputs, stride);
        using (no_grad())
        {
            Convolutions.WeightOf(layer)!.fill_(1);
        }

        Tensor images = ones(2, 4, 4, inputs).permute(0, 3, 1, 2).requires_grad_();
        Tensor output = layer.call(images);
        output.sum().backward();

        Assert.Equal(inputs, output.mean().item<float>());
        Assert.Equal([2, outputs, 4 / stride, 4 / stride], output.shape);
    }
}
