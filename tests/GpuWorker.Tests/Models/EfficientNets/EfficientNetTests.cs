using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.EfficientNets;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.EfficientNets;

public class EfficientNetTests
{
    [Fact]
    public void Initialize_Always_DrawsTheDistributionsOfTorchvision()
    {
        using EfficientNet model = EfficientNet.B0(new ModelShape(10, 32));
        using var generator = new Generator(3);
        model.Initialize(generator);
        Dictionary<string, Tensor> state = model.state_dict();

        Assert.Equal(Math.Sqrt(2.0 / 1280), state["features.8.0.weight"].std().item<float>(), tolerance: 5e-4);
        Assert.Equal(Math.Sqrt(2.0 / (672 * 25)), state["features.5.1.block.1.0.weight"].std().item<float>(), tolerance: 1e-3);
        Assert.InRange(state["classifier.1.weight"].abs().max().item<float>(), 0.31, 1 / Math.Sqrt(10));
        Assert.All((string[])["classifier.1.bias", "features.2.0.block.2.fc1.bias"], name => Assert.Equal(0, state[name].abs().max().item<float>()));
    }

    [Fact]
    public void Forward_TrainingWithoutDropout_StillLeavesOutBranchesByStep()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using EfficientNet model = EfficientNet.B0(new ModelShape(10, 32, Dropout: 0));
        using var generator = new Generator(3);
        model.Initialize(generator);
        model.train();
        Tensor images = rand(8, 3, 32, 32);

        float[] first = Logits(iteration: 1);

        Assert.NotEqual(first, Logits(iteration: 2));
        Assert.Equal(first, Logits(iteration: 1));
        Assert.Equal(16, model.modules().OfType<StochasticDepth>().Count());

        float[] Logits(long iteration)
        {
            model.Randomness.Prepare(seed: 1, iteration);
            return model.forward(images).data<float>().ToArray();
        }
    }
}
