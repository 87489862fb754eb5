using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Layers;

public class UnsetLayersTests
{
    [Fact]
    public void Linear_Built_IsTorchsButForTheValues()
    {
        using Linear linear = UnsetLayers.Linear(5, 3);
        using Linear usual = nn.Linear(5, 3);

        Assert.Equal(Parameters(usual), Parameters(linear));

        linear.load_state_dict(usual.state_dict());
        using Tensor inputs = rand(4, 5);
        using Tensor output = linear.forward(inputs);
        using Tensor expected = usual.forward(inputs);

        Assert.Equal(expected.data<float>().ToArray(), output.data<float>().ToArray());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(4, true)]
    public void Conv2d_Built_IsTorchsButForTheValues(long groups, bool bias)
    {
        using Conv2d conv = UnsetLayers.Conv2d(8, 4, 3, stride: 2, padding: 1, groups: groups, bias: bias);
        using Conv2d usual = nn.Conv2d(8, 4, 3, stride: 2, padding: 1, groups: groups, bias: bias);

        Assert.Equal(Parameters(usual), Parameters(conv));

        conv.load_state_dict(usual.state_dict());
        using Tensor images = rand(2, 8, 9, 9);
        using Tensor output = conv.forward(images);
        using Tensor expected = usual.forward(images);

        Assert.Equal(expected.shape, output.shape);
        Assert.Equal(expected.data<float>().ToArray(), output.data<float>().ToArray());
    }

    [Fact]
    public void Linear_BuiltInAScope_OutlivesIt()
    {
        Linear linear;
        using (NewDisposeScope())
        {
            linear = UnsetLayers.Linear(5, 3);
        }

        using (linear)
        {
            Assert.False(linear.weight!.IsInvalid);
            Assert.False(linear.bias!.IsInvalid);
        }
    }

    private static string[] Parameters(nn.Module module) => [.. module.named_parameters().Select(pair =>
        $"{pair.name} [{string.Join(',', pair.parameter.shape)}] {pair.parameter.dtype} {pair.parameter.device} {pair.parameter.requires_grad}")];
}
