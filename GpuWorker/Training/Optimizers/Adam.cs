using System.Numerics;
using Experiments.GpuWorker.Training.Optimizers.Fused;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>
/// Adam (Kingma and Ba, 2015), or AdamW (Loshchilov and Hutter, 2019) with weight decay decoupled from the gradient. Equivalent to
/// <c>torch.optim.Adam</c> and <c>AdamW</c> with their default betas and epsilon.
/// </summary>
internal sealed class Adam(double weightDecay, bool decoupled) : IUpdateRule
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Scalar _decay = weightDecay;
    private readonly Scalar _beta1 = Beta1;
    private readonly Scalar _rest1 = 1 - Beta1;
    private readonly Scalar _beta2 = Beta2;
    private readonly Scalar _rest2 = 1 - Beta2;
    private readonly Scalar _epsilon = Epsilon;

    public IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public void Update(Tensor parameter, Tensor gradient, ParameterState state, double learningRate)
    {
        Decay(parameter, gradient, learningRate);
        using Scalar correction = CorrectionOf(state.Step);
        using Scalar step = StepOf(state.Step, learningRate);
        Tensor mean = state[0].mul_(_beta1).add_(gradient, _rest1);
        Tensor square = state[1].mul_(_beta2).addcmul_(gradient, gradient, _rest2);
        Tensor denominator = square.sqrt().div_(correction).add_(_epsilon);
        parameter.addcdiv_(mean, denominator, step);
    }

    public FusedWork Fuse(in FusedMemory memory, long step, double learningRate) => new FusedWork<Elements>(
        new Elements(
            decoupled ? 0 : (float)weightDecay,
            decoupled ? (float)(1 - (learningRate * weightDecay)) : 1,
            (float)CorrectionOf(step),
            (float)StepOf(step, learningRate)),
        memory);

    private static double CorrectionOf(long step) => Math.Sqrt(1 - Math.Pow(Beta2, step));

    private static double StepOf(long step, double learningRate) => -learningRate / (1 - Math.Pow(Beta1, step));

    private void Decay(Tensor parameter, Tensor gradient, double learningRate)
    {
        if (decoupled)
        {
            using Scalar kept = 1 - (learningRate * weightDecay);
            parameter.mul_(kept);
        }
        else if (weightDecay != 0)
        {
            gradient.add_(parameter, _decay);
        }
    }

    /// <param name="decay">The factor of the L2 penalty that is added to the gradient; 0 if weight decay is decoupled.</param>
    /// <param name="kept">The factor of decoupled weight decay; 1 if it is not decoupled.</param>
    private readonly struct Elements(float decay, float kept, float correction, float step) : IElementUpdate
    {
        public Vector<float> Next(Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second)
        {
            parameter *= kept;
            gradient = WeightDecay.AddTo(gradient, parameter, decay);
            first = (first * (float)Beta1) + (gradient * (float)(1 - Beta1));
            second = (second * (float)Beta2) + (gradient * (float)(1 - Beta2) * gradient);
            Vector<float> denominator = (Vector.SquareRoot(second) / new Vector<float>(correction)) + new Vector<float>((float)Epsilon);
            return parameter + (first * step / denominator);
        }
    }
}
