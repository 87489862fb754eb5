using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>The checkpoints of attempts, reduced to their number of finished epochs.</summary>
internal sealed class SharedFolder
{
    private readonly Dictionary<(string RunId, int Attempt), (int Epochs, Hyperparameters Made)> _checkpoints = [];

    public void Save(RunClaimed claim, int epochs) => _checkpoints[(claim.RunId, claim.Attempt)] = (epochs, claim.Hyperparameters);

    public bool Has(string runId, int attempt) => _checkpoints.ContainsKey((runId, attempt));

    /// <summary>Gives a run the checkpoint of another one.</summary>
    public bool TryShare(string runId, int attempt, string toRunId)
    {
        bool has = _checkpoints.TryGetValue((runId, attempt), out (int Epochs, Hyperparameters Made) checkpoint);
        if (has)
        {
            _checkpoints[(toRunId, RunClaimed.StageCheckpoint)] = checkpoint;
        }

        return has;
    }

    /// <exception cref="InvariantException">Its epochs were trained differently from those of the run.</exception>
    public int Load(RunClaimed claim)
    {
        (int epochs, Hyperparameters made) = _checkpoints[(claim.RunId, claim.ResumeFromAttempt!.Value)];
        if (made != claim.Hyperparameters && TrainingPrefix.SharedEpochs(made, claim.Hyperparameters) < epochs)
        {
            throw new InvariantException($"{claim.RunId} continues from {epochs} epochs that were trained differently");
        }

        return epochs;
    }
}
