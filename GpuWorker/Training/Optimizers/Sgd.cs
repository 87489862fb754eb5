using System.Numerics;
using Experiments.GpuWorker.Training.Optimizers.Fused;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>Stochastic gradient descent with momentum; <c>torch.optim.SGD</c> with no dampening.</summary>
internal sealed class Sgd(double momentum, double weightDecay) : IUpdateRule
{
    private readonly Scalar _momentum = momentum;
    private readonly Scalar _decay = weightDecay;

    public IReadOnlyList<string> StateNames { get; } = momentum == 0 ? [] : ["momentum_buffer"];

    public void Update(Tensor parameter, Tensor gradient, ParameterState state, double learningRate)
    {
        using Scalar step = -learningRate;
        if (weightDecay != 0)
        {
            gradient.add_(parameter, _decay);
        }

        Tensor direction = momentum == 0 ? gradient : state[0].mul_(_momentum).add_(gradient);
        parameter.add_(direction, step);
    }

    public FusedWork Fuse(in FusedMemory memory, long step, double learningRate) =>
        new FusedWork<Elements>(new Elements((float)momentum, (float)weightDecay, (float)-learningRate), memory);

    private readonly struct Elements(float momentum, float decay, float step) : IElementUpdate
    {
        public Vector<float> Next(Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second)
        {
            Vector<float> direction = WeightDecay.AddTo(gradient, parameter, decay);
            if (momentum != 0)
            {
                first = (first * momentum) + direction;
                direction = first;
            }

            return parameter + (direction * step);
        }
    }
}
