using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;

namespace Experiments.Orchestrator.Runs.Stages;

/// <summary>A run that trains the same first epochs as another one.</summary>
/// <param name="Shared">The number of epochs that both train alike.</param>
internal readonly record struct StageCandidate(string RunId, int Shared)
{
    /// <summary>A run whose configuration this version cannot read shares nothing.</summary>
    public static StageCandidate Of(Hyperparameters one, string runId, string config)
    {
        try
        {
            return new StageCandidate(runId, TrainingPrefix.SharedEpochs(one, RunConfig.FromJson(config).Hyperparameters));
        }
        catch (FormatException)
        {
            return new StageCandidate(runId, 0);
        }
    }
}
