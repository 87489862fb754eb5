using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.GoogLeNets;

/// <summary>Four parallel branches; torchvision's <c>models.googlenet.Inception</c>, with its 3×3 convolution where the paper has 5×5.</summary>
internal sealed class Inception : LayerGroup
{
    private readonly BasicConv2d _branch1;
    private readonly Sequential _branch2;
    private readonly Sequential _branch3;
    private readonly Sequential _branch4;

    /// <param name="direct">Channels of the branch with only a 1×1 convolution.</param>
    /// <param name="second">Channels after the 1×1 and after the 3×3 convolution of the second branch.</param>
    /// <param name="third">The same for the third branch.</param>
    /// <param name="pooled">Channels of the branch with pooling.</param>
    public Inception(long inputs, long direct, (long Reduced, long Outputs) second, (long Reduced, long Outputs) third, long pooled)
        : base(nameof(Inception))
    {
        _branch1 = Add("branch1", new BasicConv2d(inputs, direct, 1));
        _branch2 = Add("branch2", Reducing(inputs, second));
        _branch3 = Add("branch3", Reducing(inputs, third));
        _branch4 = Add("branch4", nn.Sequential(
            ("0", nn.MaxPool2d(3, stride: 1, padding: 1, ceil_mode: true)),
            ("1", new BasicConv2d(inputs, pooled, 1))));
    }

    /// <summary>[N, inputs, S, S] to [N, outputs of all branches, S, S].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] branches = [_branch1.call(input), _branch2.call(input), _branch3.call(input), _branch4.call(input)];
        return cat(branches, 1).MoveToOuterDisposeScope();
    }

    private static Sequential Reducing(long inputs, (long Reduced, long Outputs) channels) => nn.Sequential(
        ("0", new BasicConv2d(inputs, channels.Reduced, 1)),
        ("1", new BasicConv2d(channels.Reduced, channels.Outputs, 3, padding: 1)));
}
