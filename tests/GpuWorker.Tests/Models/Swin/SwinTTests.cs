using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Models.Swin;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Swin;

public class SwinTTests
{
    [Fact]
    public void Initialize_Always_DrawsTheDistributionsOfTorchvision()
    {
        using DisposeScope scope = NewDisposeScope();
        using SwinT model = Initialized(224);
        Dictionary<string, Tensor> state = model.state_dict();

        Assert.All(
            (string[])["features.5.3.mlp.0.weight", "features.3.1.attn.qkv.weight", "features.2.reduction.weight", "head.weight"],
            name => Assert.Equal(0.02, state[name].std().item<float>(), 3));
        Assert.Equal(0.02, state["features.7.1.attn.relative_position_bias_table"].std().item<float>(), tolerance: 1e-3);
        Assert.InRange(state["features.0.0.weight"].abs().max().item<float>(), 0.14, 1 / Math.Sqrt(3 * 4 * 4));
    }

    [Fact]
    public void Forward_Training_LeavesOutBranchesByStepAndNotByChance()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using SwinT model = Initialized(32);
        model.train();
        Tensor images = rand(8, 3, 32, 32);

        float[] first = Logits(iteration: 1);

        Assert.NotEqual(first, Logits(iteration: 2));
        Assert.Equal(first, Logits(iteration: 1));

        float[] Logits(long iteration)
        {
            model.Randomness.Prepare(seed: 1, iteration);
            return model.forward(images).data<float>().ToArray();
        }
    }

    [Fact]
    public void Adapt_TableOfAnotherWindow_IsInterpolatedAndTheIndexIsItsOwn()
    {
        using DisposeScope scope = NewDisposeScope();
        using SwinT model = Initialized(224);
        Tensor expected = model.state_dict()["features.1.0.attn.relative_position_index"];

        Tensor? table = model.Adapt("features.1.0.attn.relative_position_bias_table", full([23 * 23, 3], 0.5), [13 * 13, 3]);
        Tensor? index = model.Adapt("features.1.0.attn.relative_position_index", zeros(144 * 144, dtype: ScalarType.Int64), [49 * 49]);

        Assert.All(table!.data<float>().ToArray(), value => Assert.Equal(0.5f, value, 5));
        Assert.True(index!.equal(expected).all().item<bool>());
    }

    private static SwinT Initialized(int size)
    {
        var model = new SwinT(new ModelShape(10, size));
        using var generator = new Generator(3);
        model.Initialize(generator);
        return model;
    }
}
