using Experiments.GpuWorker.Models.Layers;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models.Layers;

public class StochasticDepthTests
{
    private readonly StepRandomness _randomness = new();

    [Fact]
    public void Forward_Training_ZeroesWholeImagesAndScalesTheRest()
    {
        using var depth = new StochasticDepth(0.25, _randomness);
        float[][] images = Apply(depth, iteration: 0);

        Assert.All(images, image => Assert.Single(image.Distinct()));
        Assert.InRange(images.Count(image => image[0] == 0) / (double)images.Length, 0.2, 0.3);
        Assert.All(images.Where(image => image[0] != 0), image => Assert.Equal(1 / 0.75f, image[0], 5));
        Assert.Equal(images, Apply(depth, iteration: 0));
        Assert.NotEqual(images, Apply(depth, iteration: 1));
    }

    [Fact]
    public void Forward_Evaluation_ChangesNothing()
    {
        using var depth = new StochasticDepth(0.5, _randomness);
        depth.eval();

        Assert.All(Apply(depth, iteration: 0), image => Assert.All(image, value => Assert.Equal(1, value)));
    }

    private float[][] Apply(StochasticDepth depth, long iteration)
    {
        _randomness.Prepare(seed: 1, iteration);
        using Tensor input = ones(400, 3, 2, 2);
        using Tensor output = depth.forward(input);
        return [.. output.data<float>().ToArray().Chunk(12)];
    }
}
