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
    private const double Epsilon = 1e-8;

    public IReadOnlyList<string> StateNames { get; } = ["exp_avg", "exp_avg_sq"];

    public void Update(Tensor parameter, Tensor gradient, ParameterState state, double learningRate)
    {
        if (decoupled)
        {
            parameter.mul_(1 - (learningRate * weightDecay));
        }
        else if (weightDecay != 0)
        {
            gradient.add_(parameter, alpha: weightDecay);
        }

        Tensor mean = state[0].mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
        Tensor square = state[1].mul_(Beta2).addcmul_(gradient, gradient, value: 1 - Beta2);
        double correction1 = 1 - Math.Pow(Beta1, state.Step);
        double correction2 = 1 - Math.Pow(Beta2, state.Step);
        Tensor denominator = square.sqrt().div_(Math.Sqrt(correction2)).add_(Epsilon);
        parameter.addcdiv_(mean, denominator, value: -learningRate / correction1);
    }
}
