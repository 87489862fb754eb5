using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.MobileNets;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.MobileNets;

public class MobileNetV2Tests
{
    [Fact]
    public void Initialize_Always_DrawsTheDistributionsOfTorchvision()
    {
        using var model = new MobileNetV2(new ModelShape(10, 32));
        using var generator = new Generator(3);
        model.Initialize(generator);
        Dictionary<string, Tensor> state = model.state_dict();

        Assert.Equal(0.01, state["classifier.1.weight"].std().item<float>(), tolerance: 1e-3);
        Assert.Equal(0, state["classifier.1.bias"].abs().max().item<float>());
        Assert.Equal(Math.Sqrt(2.0 / 1280), state["features.18.0.weight"].std().item<float>(), tolerance: 5e-4);
        Assert.Equal(Math.Sqrt(2.0 / (960 * 9)), state["features.16.conv.1.0.weight"].std().item<float>(), tolerance: 1e-3);
    }

    [Fact]
    public void Blocks_Always_AreTheStagesOfThePaper()
    {
        using var model = new MobileNetV2(new ModelShape(10, 32));

        Assert.Equal(9, model.Blocks.Count);
        Assert.Equal(["features.7", "features.8", "features.9", "features.10"], model.Blocks[4]);
        Assert.Equal(["features.18"], model.Blocks[^1]);
    }
}
