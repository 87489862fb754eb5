using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.ResNets;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.ResNets;

public class ResNet18Tests
{
    [Fact]
    public void StateDict_TenClasses_HasTorchvisionsNamesAndShapes()
    {
        using var model = ResNet.ResNet18(new ModelShape(10, 32));

        Dictionary<string, string> actual = model.state_dict().ToDictionary(pair => pair.Key, pair => string.Join(',', pair.Value.shape));

        Assert.Equal(Expected().OrderBy(pair => pair.Key, StringComparer.Ordinal), actual.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void StateDict_NumBatchesTracked_IsAWholeNumberThatCounts()
    {
        using var model = ResNet.ResNet18(new ModelShape(10, 32));
        model.train();
        using Tensor images = rand(2, 3, 32, 32);
        using Tensor logits = model.forward(images);

        Tensor count = model.state_dict()["layer2.0.downsample.1.num_batches_tracked"];

        Assert.Equal(ScalarType.Int64, count.dtype);
        Assert.Equal(1, count.item<long>());
    }

    [Fact]
    public void Initialize_Always_DrawsConvolutionsWithVarianceTwoOverFanOut()
    {
        using var model = ResNet.ResNet18(new ModelShape(10, 32));
        using var generator = new Generator(3);
        model.Initialize(generator);

        Tensor weight = model.state_dict()["layer4.1.conv2.weight"];

        Assert.Equal(Math.Sqrt(2.0 / (512 * 9)), weight.std().item<float>(), tolerance: 1e-4);
        Assert.Equal(0, weight.mean().item<float>(), tolerance: 1e-4);
    }

    /// <summary>torchvision's resnet18(num_classes=10).state_dict().</summary>
    private static Dictionary<string, string> Expected()
    {
        var names = new Dictionary<string, string> { ["conv1.weight"] = "64,3,7,7", ["fc.weight"] = "10,512", ["fc.bias"] = "10" };
        AddNorm("bn1", 64);
        int inputs = 64;
        for (int layer = 1; layer <= 4; layer++)
        {
            int outputs = 64 << (layer - 1);
            for (int block = 0; block < 2; block++)
            {
                string prefix = $"layer{layer}.{block}";
                names[$"{prefix}.conv1.weight"] = $"{outputs},{(block == 0 ? inputs : outputs)},3,3";
                names[$"{prefix}.conv2.weight"] = $"{outputs},{outputs},3,3";
                AddNorm($"{prefix}.bn1", outputs);
                AddNorm($"{prefix}.bn2", outputs);
            }

            if (layer > 1)
            {
                names[$"layer{layer}.0.downsample.0.weight"] = $"{outputs},{inputs},1,1";
                AddNorm($"layer{layer}.0.downsample.1", outputs);
            }

            inputs = outputs;
        }

        return names;

        void AddNorm(string prefix, int channels)
        {
            foreach (string name in (string[])["weight", "bias", "running_mean", "running_var"])
            {
                names[$"{prefix}.{name}"] = $"{channels}";
            }

            names[$"{prefix}.num_batches_tracked"] = "";
        }
    }
}
