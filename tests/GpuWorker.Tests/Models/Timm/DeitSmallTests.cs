using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Timm;
using Experiments.GpuWorker.Tests.Reference;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Timm;

public class DeitSmallTests
{
    [Fact]
    public void StateDict_ThousandClasses_HasTimmsNamesAndShapes()
    {
        using var model = new DeitSmall(new ModelShape(1000, 224));
        List<string> expected =
        [
            "cls_token [1, 1, 384]",
            "pos_embed [1, 197, 384]",
            "patch_embed.proj.weight [384, 3, 16, 16]",
            "patch_embed.proj.bias [384]",
            "norm.weight [384]",
            "norm.bias [384]",
            "head.weight [1000, 384]",
            "head.bias [1000]",
        ];
        for (int i = 0; i < 12; i++)
        {
            expected.AddRange(
            [
                $"blocks.{i}.norm1.weight [384]",
                $"blocks.{i}.norm1.bias [384]",
                $"blocks.{i}.attn.qkv.weight [1152, 384]",
                $"blocks.{i}.attn.qkv.bias [1152]",
                $"blocks.{i}.attn.proj.weight [384, 384]",
                $"blocks.{i}.attn.proj.bias [384]",
                $"blocks.{i}.norm2.weight [384]",
                $"blocks.{i}.norm2.bias [384]",
                $"blocks.{i}.mlp.fc1.weight [1536, 384]",
                $"blocks.{i}.mlp.fc1.bias [1536]",
                $"blocks.{i}.mlp.fc2.weight [384, 1536]",
                $"blocks.{i}.mlp.fc2.bias [384]",
            ]);
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), LogitsParity.Shapes(model.state_dict().Select(pair => (pair.Key, pair.Value))));
        Assert.Equal(22_050_664, model.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Initialize_Always_DrawsTheDistributionsOfTimm()
    {
        using DisposeScope scope = NewDisposeScope();
        using var model = new DeitSmall(new ModelShape(10, 224));
        using var generator = new Generator(3);
        model.Initialize(generator);
        Dictionary<string, Tensor> state = model.state_dict();

        Assert.All(
            (string[])["pos_embed", "blocks.7.attn.qkv.weight", "blocks.11.mlp.fc2.weight", "head.weight"],
            name => Assert.Equal(0.02, state[name].std().item<float>(), 3));
        Assert.Equal(1e-6, state["cls_token"].std().item<float>(), tolerance: 5e-7);
        Assert.InRange(state["patch_embed.proj.weight"].abs().max().item<float>(), 0.035, 1 / Math.Sqrt(3 * 16 * 16));
        Assert.All(
            state.Where(pair => pair.Key.EndsWith(".bias", StringComparison.Ordinal) && !pair.Key.StartsWith("patch_", StringComparison.Ordinal)),
            pair => Assert.Equal(0, pair.Value.abs().max().item<float>()));
    }
}
