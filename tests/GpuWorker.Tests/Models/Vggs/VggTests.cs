using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Layers;
using Experiments.GpuWorker.Models.Vggs;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Vggs;

public class VggTests
{
    [Fact]
    public void Parameters_Vgg16WithThreeClasses_Are134272835()
    {
        using var model = Vgg.Vgg16(new ModelShape(3, 224));

        Assert.Equal(134_272_835, model.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Initialize_Always_DrawsAsTorchvision()
    {
        using DisposeScope scope = NewDisposeScope();
        using var model = Vgg.Vgg11BatchNorm(new ModelShape(10, 32));
        using var generator = new Generator(3);
        model.Initialize(generator);
        Dictionary<string, Tensor> state = model.state_dict();

        // The convolution from 512 to 512 channels has variance 2/fan_out.
        Assert.Equal(Math.Sqrt(2.0 / (512 * 9)), state["features.25.weight"].std().item<float>(), tolerance: 1e-4);
        Assert.Equal(0.01, state["classifier.3.weight"].std().item<float>(), tolerance: 1e-4);
        Assert.All((string[])["features.25.bias", "features.26.bias", "classifier.3.bias"], name => Assert.Equal(0, state[name].abs().max().item<float>()));
        Assert.Equal(1, state["features.26.weight"].min().item<float>());
    }

    [Fact]
    public void Forward_Training_DropsOutInTheClassifier()
    {
        Assert.Equal(["classifier.2", "classifier.5"], Dropouts(Vgg.Vgg16(new ModelShape(10, 32))));
        Assert.Equal(["classifier.2", "classifier.5"], Dropouts(Vgg.Vgg16Slim(new ModelShape(10, 32))));
        Assert.Equal(["dropout"], Dropouts(PooledVgg.Vgg16Gap(new ModelShape(10, 32))));
    }

    [Fact]
    public void StateDict_LightVariants_HaveVgg16sConvolutions()
    {
        using var vgg = Vgg.Vgg16(new ModelShape(10, 32));
        using var slim = Vgg.Vgg16Slim(new ModelShape(10, 32));
        using var pooled = PooledVgg.Vgg16Gap(new ModelShape(10, 32));

        Assert.Equal(Features(vgg), Features(slim));
        Assert.Equal(Features(vgg), Features(pooled));
        Assert.All(slim.state_dict().Keys, name => Assert.NotEqual(name.StartsWith("features.", StringComparison.Ordinal), slim.DependsOnClasses(name)));
    }

    [Fact]
    public void StateDict_Separable_HasThreeByThreeConvolutionsByChannelBehindTheFirst()
    {
        using var model = PooledVgg.Vgg16Dws(new ModelShape(10, 32));

        string[] kernels = [.. model.named_parameters()
            .Where(pair => pair.parameter.shape.Length == 4)
            .Select(pair => string.Join(',', pair.parameter.shape))];

        Assert.Equal(1 + (2 * 12), kernels.Length);
        Assert.Equal(["64,3,3,3", "64,1,3,3", "64,64,1,1", "64,1,3,3", "128,64,1,1"], kernels.Take(5));
        Assert.Equal(["512,1,3,3", "512,512,1,1"], kernels.TakeLast(2));
    }

    private static string[] Dropouts(ImageModel model)
    {
        using (model)
        {
            return [.. model.named_modules().Where(pair => pair.module is SeededDropout).Select(pair => pair.name)];
        }
    }

    private static string[] Features(ImageModel model) => [.. model.state_dict()
        .Where(pair => pair.Key.StartsWith("features.", StringComparison.Ordinal))
        .Select(pair => $"{pair.Key} {string.Join(',', pair.Value.shape)}")];
}
