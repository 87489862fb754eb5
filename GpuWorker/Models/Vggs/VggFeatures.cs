using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace Experiments.GpuWorker.Models.Vggs;

/// <summary>
/// The convolutions of a VGG: five stages of 64, 128, 256, 512 and 512 channels, each followed by 2×2 max-pooling; [N, 3, S, S] to
/// [N, 512, S/32, S/32].
/// </summary>
/// <param name="Layers">With torchvision's indices as names.</param>
/// <param name="Blocks">The stages, as the names of their layers in a model whose module is named "features".</param>
internal sealed record VggFeatures(Sequential Layers, IReadOnlyList<IReadOnlyList<string>> Blocks)
{
    public const long Channels = 512;

    private static readonly long[] StageChannels = [64, 128, 256, 512, Channels];

    /// <summary>3×3 convolutions with ReLU; torchvision's <c>models.vgg.make_layers</c>.</summary>
    /// <param name="depths">Convolutions in each of the five stages.</param>
    public static VggFeatures Plain(int[] depths) => Build(depths, (inputs, outputs) => [Convolution(inputs, outputs), Relu()]);

    /// <summary>The same with batch norm after each convolution.</summary>
    /// <param name="depths">Convolutions in each of the five stages.</param>
    public static VggFeatures BatchNorm(int[] depths) => Build(depths, NormalizedConvolution);

    /// <summary>
    /// The first convolution unchanged; each of the others in two steps: 3×3 by channel, then 1×1, each with batch norm and ReLU (Howard et al.,
    /// 2017: MobileNets).
    /// </summary>
    /// <param name="depths">Convolutions in each of the five stages.</param>
    public static VggFeatures Separable(int[] depths) => Build(depths, (inputs, outputs) => inputs == 3
        ? NormalizedConvolution(inputs, outputs)
        :
        [
            UnsetLayers.Conv2d(inputs, inputs, 3, padding: 1, groups: inputs, bias: false), nn.BatchNorm2d(inputs), Relu(),
            UnsetLayers.Conv2d(inputs, outputs, 1, bias: false), nn.BatchNorm2d(outputs), Relu(),
        ]);

    private static VggFeatures Build(int[] depths, Func<long, long, Layer[]> convolution)
    {
        var layers = new List<(string, Layer)>();
        var blocks = new List<string[]>();
        long inputs = 3;
        foreach ((int depth, long outputs) in depths.Zip(StageChannels))
        {
            int first = layers.Count;
            for (int i = 0; i < depth; i++)
            {
                AddAll(convolution(inputs, outputs));
                inputs = outputs;
            }

            blocks.Add([.. Enumerable.Range(first, layers.Count - first).Select(index => $"features.{index}")]);
            AddAll([nn.MaxPool2d(2, stride: 2)]);
        }

        return new VggFeatures(nn.Sequential(layers), blocks);

        void AddAll(Layer[] added)
        {
            foreach (Layer layer in added)
            {
                layers.Add(($"{layers.Count}", layer));
            }
        }
    }

    private static Layer[] NormalizedConvolution(long inputs, long outputs) =>
        [Convolution(inputs, outputs), nn.BatchNorm2d(outputs), Relu()];

    private static Conv2d Convolution(long inputs, long outputs) => UnsetLayers.Conv2d(inputs, outputs, 3, padding: 1);

    private static ReLU Relu() => nn.ReLU(inplace: true);
}
