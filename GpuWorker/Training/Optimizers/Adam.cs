using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>
/// Adam (Kingma and Ba, 2015), and AdamW (Loshchilov and Hutter, 2019) where weight decay is decoupled from the gradient;
/// <c>torch.optim.Adam</c> and <c>AdamW</c> with their default betas and epsilon.
/// </summary>
internal sealed class Adam(double weightDecay, bool decoupled) : IUpdateRule
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;

    private readonly Scalar _decay = weightDecay;
    private readonly Scalar _beta1 = Beta1;
    private readonly Scalar _rest1 = 1 - Beta1;
    private readonly Scalar _beta2 = Beta2;
    private readonly Scalar _rest2 = 1 - Beta2;
    private readonly Scalar _epsilon = 1e-8;

    public IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public void Update(Tensor parameter, Tensor gradient, ParameterState state, double learningRate)
    {
        Decay(parameter, gradient, learningRate);
        using Scalar correction = Math.Sqrt(1 - Math.Pow(Beta2, state.Step));
        using Scalar step = -learningRate / (1 - Math.Pow(Beta1, state.Step));
        Tensor mean = state[0].mul_(_beta1).add_(gradient, _rest1);
        Tensor square = state[1].mul_(_beta2).addcmul_(gradient, gradient, _rest2);
        Tensor denominator = square.sqrt().div_(correction).add_(_epsilon);
        parameter.addcdiv_(mean, denominator, step);
    }

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
}
