using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Tests.Models.Layers;

public sealed class SmallMapConvolutionTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(2, 2, 2)]
    [InlineData(2, 2, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 1, 2)]
    [InlineData(4, 4, 2)]
    public void Call_Training_EqualsTheConvolutionAndItsGradients(long height, long width, long stride)
    {
        using DisposeScope scope = NewDisposeScope();
        (Conv2d conv, Tensor input) = Make(height, width, stride);

        Tensor output = SmallMapConvolution.Call(conv, stride, input);
        Tensor sum = (output * rand_like(output, requires_grad: false)).sum();
        (Tensor expected, Tensor[] gradients) = Reference(conv, input, stride, output, sum);

        AssertClose(expected, output);
        AssertClose(gradients[0], input.grad!);
        AssertClose(gradients[1], conv.weight.grad!);
    }

    [Fact]
    public void Call_MapOfOnePixel_LeavesTheRestOfTheKernelWithoutGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        (Conv2d conv, Tensor input) = Make(1, 1, stride: 1);

        SmallMapConvolution.Call(conv, 1, input).sum().backward();

        Tensor gradient = conv.weight.grad!;
        Assert.Equal(conv.weight.shape, gradient.shape);
        Assert.Equal(conv.weight.shape[0] * conv.weight.shape[1], gradient.count_nonzero().item<long>());
        Assert.True(gradient.select(3, 1).select(2, 1).abs().min().item<float>() > 0);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void Call_Evaluating_IsTheLayerItself(long side, long stride)
    {
        using DisposeScope scope = NewDisposeScope();
        (Conv2d conv, Tensor input) = Make(side, side, stride);
        conv.eval();
        int calls = 0;
        conv.register_forward_hook((_, _, output) =>
        {
            calls++;
            return output;
        });

        Tensor output = SmallMapConvolution.Call(conv, stride, input);

        Assert.Equal(1, calls);
        Assert.Equal(conv.call(input).data<float>().ToArray(), output.data<float>().ToArray());
    }

    private static (Conv2d Conv, Tensor Input) Make(long height, long width, long stride)
    {
        manual_seed(3);
        Conv2d conv = UnsetLayers.Conv2d(6, 5, 3, stride: stride, padding: 1, bias: false);
        using (no_grad())
        {
            conv.weight.normal_();
        }

        return (conv, randn(4, 6, height, width).requires_grad_());
    }

    /// <summary>The output of libtorch's convolution, and its gradients by input and weight for the same gradient of the output.</summary>
    private static (Tensor Output, Tensor[] Gradients) Reference(Conv2d conv, Tensor input, long stride, Tensor output, Tensor sum)
    {
        Tensor upstream = autograd.grad([sum], [output], retain_graph: true)[0];
        sum.backward();
        (Tensor x, Tensor w) = (input.detach().clone().requires_grad_(), conv.weight.detach().clone().requires_grad_());
        Tensor expected = F.conv2d(x, w, strides: [stride, stride], padding: [1, 1]);
        return (expected, [.. autograd.grad([expected], [x, w], [upstream])]);
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected - actual).abs().max().item<float>() < Tolerance);
    }
}
