namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>What a forest learns from: for each run the levels of its hyperparameters and what came out.</summary>
/// <param name="Axes">Those that vary.</param>
internal sealed record TrainingRuns(LevelAxis[] Axes, double[] Values)
{
    public int Count => Values.Length;
}
