namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>The training data of a forest: for each run the levels of its hyperparameters and its result.</summary>
/// <param name="Axes">The axes that vary.</param>
internal sealed record TrainingRuns(LevelAxis[] Axes, double[] Values)
{
    public int Count => Values.Length;
}
