namespace Experiments.GpuWorker.Evaluation;

/// <summary>What a model made of one image.</summary>
/// <param name="Actual">The label.</param>
/// <param name="Top">The likeliest classes, best first; at most five.</param>
/// <param name="Probabilities">Theirs.</param>
/// <param name="ActualProbability">That of the label.</param>
internal sealed record SampleOutcome(int Actual, int[] Top, double[] Probabilities, double ActualProbability)
{
    public int Predicted => Top[0];

    public double Confidence => Probabilities[0];

    public bool IsRight => Predicted == Actual;
}
