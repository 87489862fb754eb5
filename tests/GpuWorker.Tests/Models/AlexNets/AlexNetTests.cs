using Experiments.GpuWorker.Models.AlexNets;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.AlexNets;

public class AlexNetTests
{
    [Fact]
    public void ForwardTraining_Dropout_ActsAtTorchvisionsPlaces()
    {
        using var model = new AlexNet(new ModelShape(10, 64));

        Assert.Equal(["classifier.0", "classifier.3"], model.named_modules().Where(pair => pair.module is SeededDropout).Select(pair => pair.name));
    }

    [Fact]
    public void ForwardTraining_Dropout_IsTheArchitecturesUnlessGiven()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = rand(2, 3, 64, 64);

        Assert.NotEqual(Logits(null, iteration: 1), Logits(null, iteration: 2));
        Assert.Equal(Logits(0, iteration: 1), Logits(0, iteration: 2));

        float[] Logits(double? dropout, long iteration)
        {
            using var model = new AlexNet(new ModelShape(10, 64, Dropout: dropout));
            using var generator = new Generator(1);
            model.Initialize(generator);
            model.Randomness.Prepare(seed: 1, iteration);
            return model.ForwardTraining(images).Main.data<float>().ToArray();
        }
    }
}
