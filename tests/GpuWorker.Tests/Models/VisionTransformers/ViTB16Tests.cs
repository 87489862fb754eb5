using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.VisionTransformers;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.VisionTransformers;

public class ViTB16Tests
{
    [Fact]
    public void Initialize_Always_DrawsTheDistributionsOfTorchvision()
    {
        using DisposeScope scope = NewDisposeScope();
        using var model = new ViTB16(new ModelShape(10, 224));
        using var generator = new Generator(3);
        model.Initialize(generator);
        Dictionary<string, Tensor> state = model.state_dict();

        Assert.Equal(Math.Sqrt(1.0 / 768), state["conv_proj.weight"].std().item<float>(), tolerance: 1e-4);
        Assert.Equal(0.02, state["encoder.pos_embedding"].std().item<float>(), tolerance: 1e-3);
        Assert.Equal(Math.Sqrt(2.0 / (4 * 768)), state["encoder.layers.encoder_layer_3.self_attention.in_proj_weight"].std().item<float>(), tolerance: 1e-4);
        Assert.Equal(1 / Math.Sqrt(3 * 768), state["encoder.layers.encoder_layer_3.self_attention.out_proj.weight"].std().item<float>(), tolerance: 1e-4);
        Assert.Equal(Math.Sqrt(2.0 / (5 * 768)), state["encoder.layers.encoder_layer_11.mlp.3.weight"].std().item<float>(), tolerance: 1e-4);
        Assert.Equal(1e-6, state["encoder.layers.encoder_layer_11.mlp.0.bias"].std().item<float>(), tolerance: 1e-7);
        Assert.All((string[])["class_token", "heads.head.weight", "heads.head.bias"], name => Assert.Equal(0, state[name].abs().max().item<float>()));
    }
}
