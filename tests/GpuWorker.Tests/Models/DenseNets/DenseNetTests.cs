using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.DenseNets;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.DenseNets;

public class DenseNetTests
{
    [Fact]
    public void StateDict_SmallInput_HasAnotherFirstConvolutionAndNothingElse()
    {
        using var usual = DenseNet.DenseNet121(new ModelShape(10, 32));
        using var small = DenseNet.DenseNet121(new ModelShape(10, 32, SmallInput: true));

        Assert.Equal([64, 3, 3, 3], small.state_dict()["features.conv0.weight"].shape);
        Assert.Equal(Others(usual), Others(small));
        Assert.DoesNotContain("features.pool0", small.named_modules().Select(pair => pair.name));

        static string[] Others(ImageModel model) => [.. model.state_dict()
            .Where(pair => pair.Key != "features.conv0.weight")
            .Select(pair => $"{pair.Key} {string.Join(',', pair.Value.shape)}")];
    }

    [Fact]
    public void Initialize_Always_DrawsConvolutionsWithVarianceTwoOverFanIn()
    {
        using var model = DenseNet.DenseNet121(new ModelShape(10, 32));
        using var generator = new Generator(3);
        model.Initialize(generator);

        Assert.Equal(Math.Sqrt(2.0 / 512), model.state_dict()["features.transition2.conv.weight"].std().item<float>(), tolerance: 1e-3);
        Assert.Equal(0, model.state_dict()["classifier.bias"].abs().max().item<float>());
        Assert.InRange(model.state_dict()["classifier.weight"].abs().max().item<float>(), 0.03, 1 / Math.Sqrt(1024));
    }
}
