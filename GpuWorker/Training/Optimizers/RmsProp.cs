using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>RMSprop (Hinton, 2012) with momentum; <c>torch.optim.RMSprop</c>, not centred, with its default alpha and epsilon.</summary>
internal sealed class RmsProp(double momentum, double weightDecay) : IUpdateRule
{
    private const double Alpha = 0.99;
    private const double Epsilon = 1e-8;

    public IReadOnlyList<string> StateNames { get; } = momentum == 0 ? ["square_avg"] : ["square_avg", "momentum_buffer"];

    public void Update(Tensor parameter, Tensor gradient, ParameterState state, double learningRate)
    {
        if (weightDecay != 0)
        {
            gradient.add_(parameter, alpha: weightDecay);
        }

        Tensor average = state[0].mul_(Alpha).addcmul_(gradient, gradient, value: 1 - Alpha).sqrt().add_(Epsilon);
        if (momentum == 0)
        {
            parameter.addcdiv_(gradient, average, value: -learningRate);
        }
        else
        {
            parameter.add_(state[1].mul_(momentum).addcdiv_(gradient, average), alpha: -learningRate);
        }
    }
}
