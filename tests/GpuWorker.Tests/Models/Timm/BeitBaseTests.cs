using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Timm;
using Experiments.GpuWorker.Tests.Reference;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Timm;

public class BeitBaseTests
{
    [Fact]
    public void StateDict_ThousandClasses_HasTimmsNamesAndShapes()
    {
        using var model = new BeitBase(new ModelShape(1000, 224));
        List<string> expected =
        [
            "cls_token [1, 1, 768]",
            "patch_embed.proj.weight [768, 3, 16, 16]",
            "patch_embed.proj.bias [768]",
            "fc_norm.weight [768]",
            "fc_norm.bias [768]",
            "head.weight [1000, 768]",
            "head.bias [1000]",
        ];
        for (int i = 0; i < 12; i++)
        {
            expected.AddRange(
            [
                $"blocks.{i}.gamma_1 [768]",
                $"blocks.{i}.gamma_2 [768]",
                $"blocks.{i}.norm1.weight [768]",
                $"blocks.{i}.norm1.bias [768]",
                $"blocks.{i}.attn.q_bias [768]",
                $"blocks.{i}.attn.v_bias [768]",
                $"blocks.{i}.attn.relative_position_bias_table [732, 12]",
                $"blocks.{i}.attn.qkv.weight [2304, 768]",
                $"blocks.{i}.attn.proj.weight [768, 768]",
                $"blocks.{i}.attn.proj.bias [768]",
                $"blocks.{i}.norm2.weight [768]",
                $"blocks.{i}.norm2.bias [768]",
                $"blocks.{i}.mlp.fc1.weight [3072, 768]",
                $"blocks.{i}.mlp.fc1.bias [3072]",
                $"blocks.{i}.mlp.fc2.weight [768, 3072]",
                $"blocks.{i}.mlp.fc2.bias [768]",
            ]);
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), LogitsParity.Shapes(model.state_dict().Select(pair => (pair.Key, pair.Value))));
        Assert.Equal(86_530_984, model.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Initialize_Always_DrawsTheDistributionsOfTimm()
    {
        using DisposeScope scope = NewDisposeScope();
        using var model = new BeitBase(new ModelShape(10, 224));
        using var generator = new Generator(3);
        model.Initialize(generator);
        Dictionary<string, Tensor> state = model.state_dict();

        Assert.Equal(0.02, state["cls_token"].std().item<float>(), tolerance: 5e-3);
        Assert.Equal(0.02, state["blocks.5.attn.qkv.weight"].std().item<float>(), tolerance: 1e-4);
        Assert.Equal(0.02 / Math.Sqrt(2), state["blocks.0.attn.proj.weight"].std().item<float>(), tolerance: 1e-4);
        Assert.Equal(0.02 / Math.Sqrt(24), state["blocks.11.mlp.fc2.weight"].std().item<float>(), tolerance: 1e-4);
        Assert.Equal(0.02 * 0.001, state["head.weight"].std().item<float>(), tolerance: 1e-6);
        Assert.Equal(0, state["blocks.3.attn.relative_position_bias_table"].abs().max().item<float>());
        Assert.All(state["blocks.3.gamma_2"].data<float>().ToArray(), value => Assert.Equal(0.1f, value));
    }
}
