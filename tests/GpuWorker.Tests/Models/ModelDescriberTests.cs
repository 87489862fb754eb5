using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;

namespace Experiments.GpuWorker.Tests.Models;

public class ModelDescriberTests
{
    public static TheoryData<string> Names => [.. ModelRegistry.All.Names];

    [Fact]
    public void Describe_SmallCnn_IsWhatCountingByHandGives()
    {
        ModelSummary summary = ModelDescriber.Describe("small_cnn", new ModelShape(10, 32));

        Assert.Equal(
            [
                ("conv1", "Conv2d", "32 32 32", 2432L, 32L * 32 * 32 * 75),
                ("conv2", "Conv2d", "32 16 16", 25632L, 32L * 16 * 16 * 800),
                ("conv3", "Conv2d", "64 8 8", 51264L, 64L * 8 * 8 * 800),
                ("fc1", "Linear", "64", 65600L, 1024L * 64),
                ("fc2", "Linear", "10", 650L, 64L * 10),
            ],
            summary.Layers.Select(layer => (layer.Name, layer.Kind, string.Join(' ', layer.Output!), layer.Parameters, layer.MultiplyAdds!.Value)));
        Assert.Equal((145_578L, 650L), (summary.Parameters, summary.HeadParameters));
        Assert.Equal(summary.Layers.Sum(layer => layer.MultiplyAdds), summary.MultiplyAdds);
        Assert.Equal(4 * (32768 + 8192 + 4096 + 64 + 10), summary.ActivationBytes);
        Assert.Equal(4 * 145_578, summary.ParameterBytes);
    }

    /// <summary>Parameters as in torchvision's documentation; multiply-adds as counted by fvcore and ptflops (1.81 G).</summary>
    [Fact]
    public void Describe_ResNet18AsPublished_HasThePublishedFigures()
    {
        ModelSummary summary = ModelDescriber.Describe("resnet18", new ModelShape(1000, 224));

        Assert.Equal(11_689_512, summary.Parameters);
        Assert.Equal(513_000, summary.HeadParameters);
        Assert.Equal(1_814_073_344, summary.MultiplyAdds);
        Assert.Equal(["conv1", "bn1", "layer1.0.conv1"], summary.Layers.Take(3).Select(layer => layer.Name));
        Assert.Equal([64L, 112, 112], summary.Layers[0].Output!);
    }

    /// <summary>In billions, as in torchvision's documentation (<c>_ops</c> of each weights' meta data); those of timm's models as in its table of results.</summary>
    [Theory]
    [InlineData("alexnet", 0.714)]
    [InlineData("vgg16", 15.470)]
    [InlineData("resnet50", 4.089)]
    [InlineData("densenet121", 2.834)]
    [InlineData("googlenet", 1.498)]
    [InlineData("mobilenet_v2", 0.301)]
    [InlineData("efficientnet_b0", 0.386)]
    [InlineData("vit_b_16", 17.564)]
    [InlineData("swin_t", 4.491)]
    [InlineData("deit_small", 4.6)]
    [InlineData("beit_base", 17.6)]
    public void Describe_AsPublished_CountsTheMultiplyAddsThatArePublished(string name, double billions)
    {
        ModelSummary summary = ModelDescriber.Describe(name, new ModelShape(1000, 224));

        Assert.Equal(1, summary.MultiplyAdds / (billions * 1e9), 0.01);
    }

    /// <summary>A layer that is called with <c>forward</c> instead of <c>call</c> is not recorded.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Describe_Any_SeesEveryLayerButThoseOfTraining(string name)
    {
        ModelInfo info = ModelCatalog.Find(name)!;

        ModelSummary summary = ModelDescriber.Describe(name, new ModelShape(10, 224));

        Assert.Equal(info.Parameters, summary.Parameters);
        Assert.Equal(info.HeadParameters, summary.HeadParameters);
        Assert.Equal(summary.Parameters, summary.Layers.Sum(layer => layer.Parameters));
        Assert.DoesNotContain(summary.Layers, layer => layer.Output is null && layer.Parameters > 0 && !layer.Name.StartsWith("aux", StringComparison.Ordinal));
        Assert.True(summary.MultiplyAdds > 0);
    }

    [Theory]
    [InlineData("resnet99", 64, "resnet99")]
    [InlineData("lenet5", 2, "")]
    [InlineData("lenet5", 100_000, "images of 100000 pixels")]
    [InlineData("lenet5", -1, "images of -1 pixels")]
    public void Answer_NoSuchNetwork_Refuses(string name, int imageSize, string reason)
    {
        var refused = Assert.IsType<ModelRequestRefused>(ModelDescriber.Answer(new DescribeModel(name, 10, imageSize, SmallInput: false)).Message);

        Assert.Equal(ModelRequestProblem.Shape, refused.Problem);
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
    }
}
