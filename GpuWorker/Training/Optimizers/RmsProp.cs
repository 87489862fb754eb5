using System.Numerics;
using Experiments.GpuWorker.Training.Optimizers.Fused;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>RMSprop (Hinton, 2012) with momentum; <c>torch.optim.RMSprop</c>, not centered, with its default alpha and epsilon.</summary>
internal sealed class RmsProp(double momentum, double weightDecay) : IUpdateRule
{
    private const double Alpha = 0.99;
    private const double Epsilon = 1e-8;

    private readonly Scalar _momentum = momentum;
    private readonly Scalar _decay = weightDecay;
    private readonly Scalar _alpha = Alpha;
    private readonly Scalar _rest = 1 - Alpha;
    private readonly Scalar _epsilon = Epsilon;
    private readonly Scalar _one = 1;

    public IReadOnlyList<string> StateNames { get; } = momentum == 0 ? ["square_avg"] : ["square_avg", "momentum_buffer"];

    public void Update(Tensor parameter, Tensor gradient, ParameterState state, double learningRate)
    {
        using Scalar step = -learningRate;
        if (weightDecay != 0)
        {
            gradient.add_(parameter, _decay);
        }

        Tensor average = state[0].mul_(_alpha).addcmul_(gradient, gradient, _rest).sqrt().add_(_epsilon);
        if (momentum == 0)
        {
            parameter.addcdiv_(gradient, average, step);
        }
        else
        {
            parameter.add_(state[1].mul_(_momentum).addcdiv_(gradient, average, _one), step);
        }
    }

    public FusedWork Fuse(in FusedMemory memory, long step, double learningRate) =>
        new FusedWork<Elements>(new Elements((float)momentum, (float)weightDecay, (float)-learningRate), memory);

    private readonly struct Elements(float momentum, float decay, float step) : IElementUpdate
    {
        public Vector<float> Next(Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second)
        {
            gradient = WeightDecay.AddTo(gradient, parameter, decay);
            first = (first * (float)Alpha) + (gradient * (float)(1 - Alpha) * gradient);
            Vector<float> denominator = Vector.SquareRoot(first) + new Vector<float>((float)Epsilon);
            if (momentum == 0)
            {
                return parameter + (gradient * step / denominator);
            }

            second = (second * momentum) + (gradient / denominator);
            return parameter + (second * step);
        }
    }
}
