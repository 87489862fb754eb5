namespace Experiments.GpuWorker.Evaluation;

/// <summary>The outcome of a model for one image.</summary>
/// <param name="Actual">The label.</param>
/// <param name="Top">The most probable classes, best first; at most five.</param>
/// <param name="Probabilities">The probabilities of <paramref name="Top"/>.</param>
/// <param name="ActualProbability">The probability of the label.</param>
internal sealed record SampleOutcome(int Actual, int[] Top, double[] Probabilities, double ActualProbability)
{
    public int Predicted => Top[0];

    public double Confidence => Probabilities[0];

    public bool IsRight => Predicted == Actual;
}
