using Experiments.GpuWorker.Devices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Devices;

/// <summary>On a machine that hides its caches these fail, or end the process, unless their sizes are restored.</summary>
public sealed class HiddenCachesTests
{
    /// <summary>From GoogLeNet, whose convolution was wrong, and from ResNet-50, whose convolutions divided by zero.</summary>
    [Theory]
    [InlineData(24, 64, 3, 1, 4, false)]
    [InlineData(24, 64, 3, 1, 4, true)]
    [InlineData(256, 1024, 1, 1, 4, true)]
    [InlineData(1024, 256, 1, 1, 4, true)]
    [InlineData(512, 1024, 1, 2, 8, false)]
    [InlineData(512, 2048, 1, 1, 2, true)]
    [InlineData(1024, 512, 1, 1, 4, true)]
    [InlineData(1024, 2048, 1, 2, 4, true)]
    public void Convolution_AndItsGradients_AreThoseInDoublePrecision(long inputs, long outputs, long kernel, long stride, long side, bool channelsLast)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = randn([4, inputs, side, side], generator: new Generator(3));
        images = channelsLast ? images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : images;
        using Conv2d layer = nn.Conv2d(inputs, outputs, kernel, stride: stride, padding: kernel / 2, bias: false);
        using Conv2d precise = nn.Conv2d(inputs, outputs, kernel, stride: stride, padding: kernel / 2, bias: false, dtype: ScalarType.Float64);
        using (no_grad())
        {
            precise.weight.copy_(layer.weight);
        }

        Tensor[] expected = Results(precise, images.to_type(ScalarType.Float64));
        Tensor[] actual = Results(layer, images);

        Assert.All(expected.Zip(actual), pair =>
            Assert.InRange((pair.First - pair.Second).abs().max().item<double>() / pair.First.abs().max().item<double>(), 0, 1e-5));
    }

    [Fact]
    public void Sizes_WhereTheyAreHidden_ArePlausible()
    {
        if (HiddenCaches.AreHere)
        {
            Assert.All(HiddenCaches.SizesByOlderFunctions(), size => Assert.True(size >= 16 << 10, $"{size} bytes"));
        }
    }

    private static Tensor[] Results(Conv2d layer, Tensor images)
    {
        Tensor input = images.detach().alias().requires_grad_();
        Tensor output = layer.call(input);
        output.sum().backward();
        return [output, input.grad!, layer.weight.grad!];
    }
}
